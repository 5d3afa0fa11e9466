using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>An answer other than success.</summary>
public enum BrokerError
{
    /// <summary>The service throttles.</summary>
    ServerBusy,

    /// <summary>The queue is full.</summary>
    QuotaExceeded,

    /// <summary>There is no such queue.</summary>
    NotFound,

    /// <summary>The lock expired, or the message is gone.</summary>
    LockLost,

    /// <summary>The message is larger than the queue accepts.</summary>
    MessageTooLarge,

    /// <summary>The client has no valid token.</summary>
    Unauthorized,

    /// <summary>The service took too long.</summary>
    Timeout,

    /// <summary>This broker cannot do it.</summary>
    NotSupported,

    /// <summary>The service failed.</summary>
    InternalError,
}

/// <summary>The forms that an error has in AMQP.</summary>
internal static class BrokerErrors
{
    public static AmqpException ToException(this BrokerError error) => new(error.ToAmqp());

    public static Rejected ToOutcome(this BrokerError error) => new() { Error = error.ToAmqp() };

    public static AmqpResponseStatusCode Status(this BrokerError error) => Form(error).Status;

    public static Error ToAmqp(this BrokerError error)
    {
        var (condition, _, description) = Form(error);
        return new Error { Condition = condition, Description = description };
    }

    private static (AmqpSymbol Condition, AmqpResponseStatusCode Status, string Description) Form(BrokerError error) =>
        error switch
        {
            BrokerError.ServerBusy => ("com.microsoft:server-busy", AmqpResponseStatusCode.ServiceUnavailable,
                "The request was terminated because the namespace is being throttled."),
            BrokerError.QuotaExceeded => (AmqpErrorCode.ResourceLimitExceeded, AmqpResponseStatusCode.Forbidden,
                "The queue is full."),
            BrokerError.NotFound => (AmqpErrorCode.NotFound, AmqpResponseStatusCode.NotFound, "The queue does not exist."),
            BrokerError.LockLost => ("com.microsoft:message-lock-lost", AmqpResponseStatusCode.Gone,
                "The lock expired, or the message is gone."),
            BrokerError.MessageTooLarge => (AmqpErrorCode.MessageSizeExceeded, AmqpResponseStatusCode.Forbidden,
                "The message is too large."),
            BrokerError.Unauthorized => (AmqpErrorCode.UnauthorizedAccess, AmqpResponseStatusCode.Unauthorized,
                "There is no valid token."),
            BrokerError.Timeout => ("com.microsoft:timeout", AmqpResponseStatusCode.RequestTimeout,
                "The operation took too long."),
            BrokerError.NotSupported => (AmqpErrorCode.NotImplemented, AmqpResponseStatusCode.NotImplemented,
                "The broker for tests cannot do this."),
            _ => (AmqpErrorCode.InternalError, AmqpResponseStatusCode.InternalServerError, "The broker failed."),
        };
}
