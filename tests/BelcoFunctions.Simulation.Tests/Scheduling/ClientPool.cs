namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The clients of each writer, by its index.</summary>
internal sealed class ClientPool
{
    private readonly List<WriterClients> clients = [];

    public WriterClients this[int index]
    {
        get
        {
            while (clients.Count <= index) clients.Add(new WriterClients());
            return clients[index];
        }
    }
}
