using BelcoFunctions.Simulation.Tests.Scheduling;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>Asserts that without a fault, nothing is put back and nothing fails. New dead letters are allowed:
/// messages that are not events become such.</summary>
internal sealed class StrictLog<T>(WriterLife life) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (life.HadFault || logLevel < LogLevel.Warning || eventId.Name is "LogDeadLettered") return;
        life.Run.Fail($"Without a fault: {formatter(state, exception)}");
    }
}
