namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Adds up a receipt while conversations are imported. Several threads may use it.</summary>
internal sealed class ReceiptBuilder(ImportReceipt begun)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> otherKinds = new(StringComparer.Ordinal);
    private ImportReceipt receipt = begun;

    public ImportReceipt Receipt
    {
        get
        {
            lock (gate)
            {
                return receipt with { OtherKinds = new SortedDictionary<string, int>(otherKinds, StringComparer.Ordinal) };
            }
        }
    }

    public void Change(Func<ImportReceipt, ImportReceipt> change)
    {
        lock (gate) receipt = change(receipt);
    }

    public void Add(ConversationResult result)
    {
        lock (gate)
        {
            foreach (var (type, count) in result.OtherKinds) otherKinds[type] = otherKinds.GetValueOrDefault(type) + count;
            receipt = receipt with
            {
                Read = receipt.Read + (result.End is ConversationEnd.Complete ? 1 : 0),
                Failed = result.Failure is null
                    ? receipt.Failed : receipt.Failed.With([new FailedConversation(result.ConversationId, result.Failure)]),
                Gone = result.End is ConversationEnd.Gone ? receipt.Gone.With([result.ConversationId]) : receipt.Gone,
                Items = receipt.Items + result.Items,
                Missing = receipt.Missing.With(result.Missing),
                AtAnotherMoment = receipt.AtAnotherMoment.With(ToItems(result, result.AtAnotherMoment)),
                OnlyNamed = receipt.OnlyNamed.With(ToItems(result, result.OnlyNamed)),
            };
        }
    }

    private static ToldItem[] ToItems(ConversationResult result, IReadOnlyList<string> ids) =>
        [.. ids.Select(id => new ToldItem(result.ConversationId, id))];
}
