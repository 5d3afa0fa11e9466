using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Keeps room for new connections: if there are too many, it closes the one that has waited longest for its client.
/// Otherwise, clients that stay silent or send slowly could use up all connections, and webhooks could not connect.</summary>
internal sealed class ConnectionRoom : IStartupFilter
{
    public const int MaxConnections = 500;

    private readonly Lock gate = new();

    // Connections without a request, and connections whose request has not arrived completely. The longest wait is first.
    private readonly LinkedList<Connection> idle = [];
    private readonly LinkedList<Connection> receiving = [];
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
            var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
            Move(connection, hasBody ? receiving : null);
            if (hasBody) http.Request.Body = new WatchedBody(http.Request.Body, () => Move(connection, null));
            try
            {
                await answer(http);
            }
            catch (OperationCanceledException) when (connection.IsClosed)
            {
                // The connection was closed to make room. Nobody waits for an answer, and this is not an error of the host.
            }
            finally
            {
                Move(connection, idle);
            }
        });
        next(app);
    };

    /// <summary>The connection to close; null if there is room.</summary>
    private Connection? Enter(Connection connection)
    {
        lock (gate)
        {
            // If the requests of all other connections have arrived, only the new connection can be closed.
            var longest = (idle.First ?? receiving.First ?? connection.Place).Value;
            idle.AddLast(connection.Place);
            return ++count > MaxConnections ? Close(longest) : null;
        }
    }

    private void Leave(Connection connection)
    {
        lock (gate)
        {
            if (!connection.IsClosed) Close(connection);
        }
    }

    private void Move(Connection connection, LinkedList<Connection>? place)
    {
        lock (gate)
        {
            if (connection.IsClosed) return;
            connection.Place.List?.Remove(connection.Place);
            place?.AddLast(connection.Place);
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
