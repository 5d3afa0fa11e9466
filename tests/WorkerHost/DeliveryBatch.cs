using Azure.Messaging.ServiceBus;
using Google.Protobuf;

namespace BelcoFunctions.WorkerHost;

/// <summary>A batch of messages as the host passes it on.</summary>
internal static class DeliveryBatch
{
    /// <summary>As in host.json.</summary>
    public const int MaxMessages = 50;

    public static CollectionModelBindingData ToRpc(IEnumerable<ServiceBusReceivedMessage> messages) => new()
    {
        ModelBindingData =
        {
            messages.Select(message => new ModelBindingData
            {
                Version = "1.0",
                Source = "AzureServiceBusReceivedMessage",
                ContentType = "application/octet-stream",
                Content = ByteString.CopyFrom(message.ToTriggerData()),
            }),
        },
    };
}
