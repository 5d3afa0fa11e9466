using System.Runtime.ExceptionServices;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>Runs explorations on a thread without a synchronization context. There, code that waits for a request continues
/// inside the step that answers it.</summary>
internal static class ExplorationThread
{
    // Continuations run inside each other.
    private const int StackBytes = 64 * 1024 * 1024;

    public static T Run<T>(Func<T> explore)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = explore();
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
        }, StackBytes);
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }
}
