namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>What to erase.</summary>
public abstract record ErasureRequest
{
    private ErasureRequest() { }

    /// <summary>The same request up to another moment. It changes nothing for retention.</summary>
    public ErasureRequest UpTo(DateTimeOffset through) => this switch
    {
        OfConversation of => of with { Through = through },
        OfCustomer of => of with { Through = through },
        _ => this,
    };

    /// <summary>One conversation.</summary>
    /// <param name="Through">An event stays if it happened later and was also received later. Usually this is the present
    /// moment: <see cref="Eraser.ReadNowAsync"/>.</param>
    public sealed record OfConversation(string ShopId, string ConversationId, DateTimeOffset Through) : ErasureRequest;

    /// <summary>Every conversation that belongs or once belonged to a customer.</summary>
    /// <param name="Through">An event stays if it happened later and was also received later. Usually this is the present
    /// moment: <see cref="Eraser.ReadNowAsync"/>.</param>
    public sealed record OfCustomer(string ShopId, string CustomerId, DateTimeOffset Through) : ErasureRequest;

    /// <summary>Retention: all conversations that are closed and have had no item for some time.</summary>
    /// <param name="ShopId">The shop; null for all.</param>
    /// <param name="Before">The last item of the conversation must be older than this.</param>
    public sealed record OfClosed(string? ShopId, DateTimeOffset Before) : ErasureRequest;
}
