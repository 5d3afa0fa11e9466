using BelcoFunctions.Cli.Output;
using BelcoFunctions.WorkerHost;

namespace BelcoFunctions.Benchmarks.Starting;

/// <summary>What one start needs.</summary>
/// <param name="Host">In place of the Functions host.</param>
/// <param name="App">The file of the published app.</param>
/// <param name="Function">The function that answers 200.</param>
/// <param name="Request">The request that it answers.</param>
/// <param name="Settings">The settings of the app.</param>
internal sealed record ColdStart(
    FunctionsHost Host, string App, string Function, HttpMessage Request, (string Name, string Value)[] Settings)
{
    /// <summary>Starts the process, and loads all functions.</summary>
    public Task<LoadedWorker> LoadAsync() => LoadedWorker.StartAsync(Host, App, Settings);

    /// <summary>Sends the request once.</summary>
    public async Task AnswerAsync(LoadedWorker worker)
    {
        var answer = await worker.SendAsync(Function, Request);
        if (answer.Status != 200) throw new CommandException($"The first request was answered {answer.Status}: {answer.Body}");
    }
}
