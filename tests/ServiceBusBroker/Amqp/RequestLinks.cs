using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>The links of a node that answers requests. A request names the link for its answer by <c>reply-to</c>.</summary>
internal sealed class RequestLinks
{
    private readonly ConcurrentDictionary<string, SendingAmqpLink> replies = [];

    public AmqpLink Create(AmqpSession session, AmqpLinkSettings settings, Func<AmqpMessage, AmqpMessage> answer)
    {
        if (!settings.IsReceiver())
        {
            var reply = new SendingAmqpLink(session, settings);
            var name = ((Target)settings.Target).Address.ToString()!;
            replies[name] = reply;
            reply.SafeAddClosed((_, _) => replies.TryRemove(name, out var _));
            return reply;
        }

        var requests = new ReceivingAmqpLink(session, settings);
        requests.RegisterMessageListener(request =>
        {
            using (request)
            {
                requests.DisposeDelivery(request, settled: true, AmqpConstants.AcceptedOutcome);
                var response = answer(request);
                response.Properties.CorrelationId = request.Properties.MessageId;
                if (!replies.TryGetValue(request.Properties.ReplyTo.ToString()!, out var reply)) return;
                reply.SendMessageNoWait(response, new ArraySegment<byte>(Guid.NewGuid().ToByteArray()), AmqpConstants.NullBinary);
            }
        });
        return requests;
    }
}
