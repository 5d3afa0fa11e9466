using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>Collects a host's errors for the tests.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>The lines at level Error or above.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) errors.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}
