using Mono.Cecil;

namespace BelcoFunctions.Pipeline.Tests.Architecture;

/// <summary>Calls whose effect a simulation cannot replay.</summary>
internal static class ForbiddenCalls
{
    private static readonly HashSet<string> Types =
    [
        "System.Threading.Tasks.Parallel", "System.Random", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Diagnostics.Stopwatch", "System.Threading.Thread", "System.Threading.ThreadPool",
        "System.Threading.Tasks.TaskFactory", "System.Timers.Timer",
    ];

    private static readonly HashSet<string> Methods =
    [
        "System.Threading.Tasks.Task::Run",
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
        "System.Environment::get_TickCount", "System.Environment::get_TickCount64",
        "System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.TimeProvider::get_System",
    ];

    // These wait, but take the clock as an argument.
    private static readonly HashSet<string> Waits =
    [
        "System.Threading.Tasks.Task::Delay", "System.Threading.Tasks.Task::WaitAsync",
        "System.Threading.Tasks.Task`1::WaitAsync",
        "System.Threading.CancellationTokenSource::.ctor", "System.Threading.CancellationTokenSource::CancelAfter",
        "System.Threading.PeriodicTimer::.ctor", "System.Threading.Timer::.ctor", "System.Threading.SemaphoreSlim::WaitAsync",
        "System.Threading.SemaphoreSlim::Wait",
    ];

    public static bool Has(MethodReference called)
    {
        var type = called.DeclaringType.GetElementType().FullName;
        var name = $"{type}::{called.Name}";
        return Types.Contains(type) || Methods.Contains(name)
            || (Waits.Contains(name) && called.Parameters.Any(IsTime) && !called.Parameters.Any(IsClock));
    }

    private static bool IsTime(ParameterDefinition parameter) =>
        parameter.ParameterType.FullName is "System.TimeSpan" or "System.Int32" or "System.Int64";

    private static bool IsClock(ParameterDefinition parameter) => parameter.ParameterType.FullName is "System.TimeProvider";
}
