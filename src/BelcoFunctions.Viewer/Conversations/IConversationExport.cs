using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Writes the conversations of a list in a file format. The host has the formats.</summary>
public interface IConversationExport
{
    /// <summary>The formats, in the order of the page.</summary>
    IReadOnlyList<ConversationFormat> Formats { get; }

    /// <summary>Writes all conversations that a filter selects, however many there are. False if the archive does not have the
    /// shop: then nothing is written.</summary>
    Task<bool> WriteAsync(string shopId, ConversationFilter filter, ConversationFormat format, Stream output,
        CancellationToken cancellationToken);
}

/// <summary>A file format for conversations.</summary>
/// <param name="Name">Its name in an address.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="FileName">The name of the file.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record ConversationFormat(string Name, string Title, string FileName, string ContentType);
