namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>A process of the run: its program and its progress. When it is killed, its open requests are never
/// answered, and it starts again from the beginning.</summary>
internal sealed class Writer(SimulatedRun run, int index, WriterProgram program, WriterClients clients)
{
    private List<OpenOperation> requests = [];
    private CancellationTokenSource stopping = new();
    private Task? task;
    private readonly Stack<IAsyncDisposable> opened = [];

    public int Index => index;

    public string Name => program.Name;

    public WriterTime Time { get; private set; } = null!;

    public IReadOnlyList<OpenOperation> Requests => requests;

    public bool IsDone { get; private set; }

    /// <summary>Whether the simulation disturbed this life of the writer.</summary>
    public bool HadFault { get; private set; }

    /// <summary>A hash of all answers so far. The library's decisions depend only on these, so the hash identifies the
    /// writer's state.</summary>
    public ulong History { get; private set; }

    /// <summary>Whether it can continue now, without the clock.</summary>
    public bool HasAnswer => requests.Exists(request => request.HasAnswer);

    /// <summary>The first request that has an answer now; negative if there is none.</summary>
    public int FirstAnswer => requests.FindIndex(request => request.HasAnswer);

    /// <summary>Whether it waits only for the clock: no request has an answer.</summary>
    public bool IsWaiting => !HasAnswer && Time.HasTimer;

    /// <summary>A cancelled pause of the library would continue on the thread pool, so it is not cancelled here.</summary>
    public bool CanBeCancelled => !stopping.IsCancellationRequested && !Time.HasPause;

    public void Start()
    {
        Close();
        requests = [];
        stopping = new CancellationTokenSource();
        HadFault = false;
        // A new life knows nothing of the previous one, so all new lives are equal.
        History = 0;
        Time = new WriterTime(run);
        clients.Writer = this;
        task = program.Run(new WriterLife(run, this, clients.Storage, stopping.Token));
        EndStep();
    }

    /// <summary>Closes a file at the end of this life, however it ends.</summary>
    public T Opened<T>(T resource) where T : IAsyncDisposable
    {
        opened.Push(resource);
        return resource;
    }

    /// <summary>Closes the files that a process has open when it ends.</summary>
    public void Close()
    {
        // Changes that wait for a commit are lost.
        while (opened.TryPop(out var resource)) resource.DisposeAsync().AsTask().Wait();
    }

    public Task Send(OpenOperation request)
    {
        run.Count(request);
        requests.Add(request);
        request.WhenCancelled(cancelled => requests.Remove(cancelled));
        return request.Ended;
    }

    public OpenOperation Take(int request)
    {
        var taken = requests[request];
        requests.RemoveAt(request);
        return taken;
    }

    public void Note(ulong what) => History = (History ^ what) * 0x9E3779B97F4A7C15 + (History >> 29) + 1;

    public void Suffer() => HadFault = true;

    public void Cancel()
    {
        Suffer();
        stopping.Cancel();
    }

    /// <summary>Checks whether it is done. A writer works only inside steps.</summary>
    public void EndStep()
    {
        if (task is not { IsCompleted: true } || IsDone) return;
        if (requests.Count > 0) run.Fail($"{Name} ended with requests that have no answer.");
        if (task.IsCompletedSuccessfully)
        {
            IsDone = true;
            Close();
            return;
        }

        var exception = task.Exception?.InnerException;
        var isExpected = HadFault && exception is null or StoreUnavailableException or OperationCanceledException;
        if (!isExpected) run.Fail($"{Name} threw {exception?.ToString() ?? "that it was cancelled"}");
        else Start();
    }
}

/// <summary>The program of a writer.</summary>
/// <param name="Name">For people.</param>
/// <param name="Run">Runs it to its end. It may be called again, after a kill.</param>
internal sealed record WriterProgram(string Name, Func<WriterLife, Task> Run);
