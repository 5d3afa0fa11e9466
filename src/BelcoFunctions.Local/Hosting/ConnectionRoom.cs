using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Keeps room for new connections: if there are too many, it closes the one on which nothing was asked for longest.
/// Otherwise clients that connect and stay silent would shut webhooks out.</summary>
internal sealed class ConnectionRoom : IStartupFilter
{
    public const int MaxConnections = 500;

    private readonly Lock gate = new();

    // Those without a request; the longest wait first.
    private readonly LinkedList<Connection> idle = [];
    private int count;

    public ConnectionDelegate Watch(ConnectionDelegate next) => async context =>
    {
        var connection = new Connection(context);
        context.Features.Set(connection);
        Enter(connection)?.Context.Abort(new ConnectionAbortedException("Closed to make room."));
        try
        {
            await next(context);
        }
        finally
        {
            Leave(connection);
        }
    };

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, answer) =>
        {
            var connection = http.Features.GetRequiredFeature<Connection>();
            lock (gate) connection.Place.List?.Remove(connection.Place);
            try
            {
                await answer(http);
            }
            finally
            {
                lock (gate) if (!connection.IsClosed) idle.AddLast(connection.Place);
            }
        });
        next(app);
    };

    /// <summary>The connection to close; null if there is room.</summary>
    private Connection? Enter(Connection connection)
    {
        lock (gate)
        {
            idle.AddLast(connection.Place);
            // With a request on each other connection, the new one is the only one to close.
            return ++count > MaxConnections ? Close(idle.First!.Value) : null;
        }
    }

    private void Leave(Connection connection)
    {
        lock (gate)
        {
            if (!connection.IsClosed) Close(connection);
        }
    }

    private Connection Close(Connection connection)
    {
        connection.Place.List?.Remove(connection.Place);
        connection.IsClosed = true;
        count--;
        return connection;
    }

    private sealed class Connection
    {
        public Connection(ConnectionContext context) => (Context, Place) = (context, new LinkedListNode<Connection>(this));

        public ConnectionContext Context { get; }

        public LinkedListNode<Connection> Place { get; }

        public bool IsClosed { get; set; }
    }
}
