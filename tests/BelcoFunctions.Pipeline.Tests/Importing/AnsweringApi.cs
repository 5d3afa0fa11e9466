using System.Collections.Concurrent;
using System.Text;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>Belco's API with fixed answers by path. Any other path is answered 404.</summary>
internal sealed class AnsweringApi(TimeProvider time) : IBelcoApi
{
    private readonly ConcurrentQueue<string> paths = [];

    public Dictionary<string, Func<string>> Answers { get; } = [];

    /// <summary>Answers paths that <see cref="Answers"/> does not have; null for 404.</summary>
    public Func<string, string?> Otherwise { get; set; } = _ => null;

    /// <summary>Runs between a request and its answer.</summary>
    public Func<string, Task> During { get; set; } = _ => Task.CompletedTask;

    /// <summary>The requests since the last call, in their order.</summary>
    public IReadOnlyList<string> TakePaths()
    {
        List<string> taken = [];
        while (paths.TryDequeue(out var path)) taken.Add(path);
        return taken;
    }

    public async Task<BelcoAnswer?> GetAsync(string path, CancellationToken cancellationToken)
    {
        paths.Enqueue(path);
        var readAt = EventTime.ToMillisecond(time.GetUtcNow());
        var json = Answers.TryGetValue(path, out var answer) ? answer() : Otherwise(path);
        await During(path);
        return json is null ? null
            : new BelcoAnswer(Encoding.UTF8.GetBytes(json), readAt, EventTime.ToMillisecond(time.GetUtcNow()));
    }
}
