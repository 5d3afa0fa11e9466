namespace BelcoFunctions.Tests.Doubles;

/// <summary>Messages as Service Bus delivers them.</summary>
internal static class Messages
{
    public static ServiceBusReceivedMessage From(byte[] body, int failures = 0, int deliveryCount = 1) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData(body), deliveryCount: deliveryCount,
            properties: failures == 0 ? null : new Dictionary<string, object> { ["failures"] = failures });

    /// <summary>The sample of a closed conversation, in a shop of its own.</summary>
    public static ServiceBusReceivedMessage Closed(string shop, int failures = 0, int deliveryCount = 1) =>
        From(PayloadFiles.InShop("conversation.closed", shop), failures, deliveryCount);
}
