using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>The node <c>$cbs</c>: a client shows its token here before it opens another link.</summary>
internal static class TokenNode
{
    public const string Address = "$cbs";

    public static AmqpMessage Answer(AmqpMessage request, BrokerConnection connection, Broker broker)
    {
        var isValid = SharedAccessToken.IsValid(request.ValueBody?.Value as string, Broker.KeyName, broker.Key);
        if (isValid) connection.IsAuthorized = true;
        var response = AmqpMessage.Create();
        response.ApplicationProperties = new ApplicationProperties();
        response.ApplicationProperties.Map["status-code"] =
            (int)(isValid ? AmqpResponseStatusCode.Accepted : AmqpResponseStatusCode.Unauthorized);
        response.ApplicationProperties.Map["status-description"] = isValid ? "Accepted" : "InvalidSignature";
        return response;
    }
}
