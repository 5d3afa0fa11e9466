using BelcoFunctions.ServiceBusBroker.Storage;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>The node <c>$management</c> of a queue: peeks, renews locks, and settles what was received over a link that is
/// gone.</summary>
internal sealed class ManagementNode(Broker broker, BrokerQueue queue)
{
    public const string Suffix = "/$management";

    // As in the service, a peek may return fewer messages than requested. So a client must not take a page that is not full
    // for the last one.
    private const int MaxPeekedMessages = 250;
    private const int MaxPeekedBytes = 1024 * 1024;

    public AmqpMessage Answer(AmqpMessage request)
    {
        if (request.ValueBody?.Value is not AmqpMap map) return Failure(BrokerError.NotSupported);
        return request.ApplicationProperties?.Map["operation"] switch
        {
            "com.microsoft:peek-message" => Run(BrokerOperationKind.Peek, [], () => Peek(map)),
            "com.microsoft:renew-lock" => Run(BrokerOperationKind.RenewLock, Tokens(map), () => Renew(Tokens(map))),
            "com.microsoft:update-disposition" when Settlement.From(map) is { } settlement =>
                Run(settlement.Kind, Tokens(map), () => Settle(Tokens(map), settlement)),
            _ => Failure(BrokerError.NotSupported),
        };
    }

    private AmqpMessage Run(BrokerOperationKind kind, Guid[] tokens, Func<AmqpMessage> action)
    {
        var messageId = tokens.Select(queue.Store.MessageIdOf).FirstOrDefault();
        var result = broker.Run(new BrokerOperation(kind, queue.Name, messageId), queue, action, out var error);
        return error is { } failure ? Failure(failure) : result!;
    }

    private AmqpMessage Peek(AmqpMap request)
    {
        var from = (long)request.Value("from-sequence-number")!;
        var count = Math.Min((int)request.Value("message-count")!, MaxPeekedMessages);
        var size = 0;
        var messages = queue.Store.Read(all => all.Where(message => message.SequenceNumber >= from)
            .Select(message => message.Encode()).Take(count)
            .TakeWhile(message => (size += message.Length) <= MaxPeekedBytes || size == message.Length));
        if (messages.Count == 0) return Response(AmqpResponseStatusCode.NoContent);
        var list = messages.Select(bytes => AmqpMaps.Create(("message", new ArraySegment<byte>(bytes)))).ToList();
        return Response(AmqpResponseStatusCode.OK, ("messages", list));
    }

    private AmqpMessage Renew(Guid[] tokens)
    {
        var expirations = tokens.Select(queue.Store.Renew).ToArray();
        if (expirations.Contains(null)) return Failure(BrokerError.LockLost);
        var moments = expirations.Select(moment => moment!.Value.UtcDateTime).ToArray();
        return Response(AmqpResponseStatusCode.OK, ("expirations", moments));
    }

    private AmqpMessage Settle(Guid[] tokens, Settlement settlement) =>
        tokens.Count(token => queue.Store.Settle(token, settlement)) == tokens.Length
            ? Response(AmqpResponseStatusCode.OK) : Failure(BrokerError.LockLost);

    private static Guid[] Tokens(AmqpMap request) => request.Value("lock-tokens") as Guid[] ?? [];

    private static AmqpMessage Failure(BrokerError error)
    {
        var response = Response(error.Status());
        response.ApplicationProperties.Map["errorCondition"] = error.ToAmqp().Condition;
        response.ApplicationProperties.Map["statusDescription"] = error.ToAmqp().Description;
        return response;
    }

    private static AmqpMessage Response(
        AmqpResponseStatusCode status, params IEnumerable<(string Name, object Value)> values)
    {
        var response = AmqpMessage.Create(new AmqpValue { Value = AmqpMaps.Create(values) });
        response.ApplicationProperties = new ApplicationProperties();
        response.ApplicationProperties.Map["statusCode"] = (int)status;
        return response;
    }
}
