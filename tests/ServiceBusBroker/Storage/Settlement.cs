using BelcoFunctions.ServiceBusBroker.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Storage;

using PropertyValues = IReadOnlyDictionary<string, object?>;

/// <summary>The settlement of a locked message by its receiver.</summary>
internal abstract record Settlement(BrokerOperationKind Kind)
{
    private static readonly PropertyValues None = new Dictionary<string, object?>();

    public sealed record Complete() : Settlement(BrokerOperationKind.Complete);

    /// <summary>Unlocks the message without counting a delivery.</summary>
    public sealed record Release() : Settlement(BrokerOperationKind.Release);

    /// <summary>Unlocks the message and counts a delivery.</summary>
    public sealed record Abandon(PropertyValues Properties) : Settlement(BrokerOperationKind.Abandon);

    public sealed record DeadLetter(PropertyValues Properties) : Settlement(BrokerOperationKind.DeadLetter)
    {
        public DeadLetter(string? reason, string? description, PropertyValues? properties = null)
            : this(WithReason(reason, description, properties ?? None)) { }

        private static Dictionary<string, object?> WithReason(string? reason, string? description, PropertyValues properties)
        {
            var all = properties.ToDictionary();
            if (reason is not null) all["DeadLetterReason"] = reason;
            if (description is not null) all["DeadLetterErrorDescription"] = description;
            return all;
        }
    }

    /// <summary>Returns null for an outcome that is not supported: a deferred message, or one in a transaction.</summary>
    public static Settlement? From(DeliveryState state) => state switch
    {
        Accepted => new Complete(),
        Released => new Release(),
        Modified { UndeliverableHere: true } => null,
        Modified modified => new Abandon(Values(modified.MessageAnnotations)),
        Rejected rejected => new DeadLetter(Values(rejected.Error?.Info)),
        _ => null,
    };

    /// <summary>The same in the form of the operation update-disposition.</summary>
    public static Settlement? From(AmqpMap request)
    {
        var properties = request.Value("properties-to-modify") is AmqpMap map
            ? map.ToDictionary(pair => (string)pair.Key.Key, object? (pair) => pair.Value) : None;
        return request.Value("disposition-status") switch
        {
            "completed" => new Complete(),
            "abandoned" => new Abandon(properties),
            "suspended" => new DeadLetter(
                (string?)request.Value("deadletter-reason"), (string?)request.Value("deadletter-description"), properties),
            _ => null,
        };
    }

    private static PropertyValues Values(Fields? fields) =>
        fields?.ToDictionary(pair => pair.Key.ToString()!, object? (pair) => pair.Value) ?? None;
}
