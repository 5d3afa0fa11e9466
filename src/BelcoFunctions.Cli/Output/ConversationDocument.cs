using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>Writes a conversation with its timeline as JSON: the fields of the read API and, as in exports, the names that are
/// known. Only a page of the timeline is in memory.</summary>
internal sealed class ConversationDocument(Stream output) : IAsyncDisposable
{
    private readonly Utf8JsonWriter writer = new(output, ListOutput.WriterOptions);

    public void Begin(ConversationSummary conversation, Names names)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("conversation");
        Write(ConversationJson.ToNode(conversation),
            ("customerName", names.OfCustomer(conversation.CustomerId)),
            ("assignedToName", names.OfAssignee(conversation.AssignedTo)));
        writer.WriteStartArray("timeline");
    }

    /// <summary>Writes a page of the timeline. Call it after <see cref="Begin"/>.</summary>
    public Task WriteAsync(IEnumerable<TimelineEntry> entries, Names names)
    {
        foreach (var entry in entries)
        {
            Write(ConversationJson.ToNode(entry),
                ("actorName", names.OfActor(entry.ActorType, entry.ActorId)),
                ("assignedToName", names.OfAssignee(entry.AssignedTo)),
                ("previousAssigneeName", names.OfAssignee(entry.PreviousAssignee)));
        }

        return writer.FlushAsync();
    }

    public async Task EndAsync()
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync();
        await output.WriteAsync("\n"u8.ToArray());
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private void Write(JsonObject node, params IEnumerable<(string Field, string? Name)> names)
    {
        foreach (var (field, name) in names)
        {
            if (name is not null) node[field] = name;
        }

        node.WriteTo(writer);
    }
}
