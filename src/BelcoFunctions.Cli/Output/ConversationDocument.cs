using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>Writes a conversation with its timeline as JSON: the fields of the read API and, as in exports, the names that are
/// known.</summary>
internal sealed class ConversationDocument(Stream output, ConversationSummary conversation) : IConversationOutput, IDisposable
{
    private readonly Utf8JsonWriter writer = new(output, ListOutput.WriterOptions);

    public void Begin(Names names)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("conversation");
        Write(ConversationJson.ToNode(conversation),
            ("customerName", names.OfCustomer(conversation.CustomerId)),
            ("assignedToName", names.OfAssignee(conversation.AssignedTo)));
        writer.WriteStartArray("timeline");
    }

    public void Write(TimelineEntry entry, Names names)
    {
        Write(ConversationJson.ToNode(entry),
            ("actorName", names.OfActor(entry.ActorType, entry.ActorId)),
            ("assignedToName", names.OfAssignee(entry.AssignedTo)),
            ("previousAssigneeName", names.OfAssignee(entry.PreviousAssignee)));
        writer.Flush();
    }

    public void End(Names names)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n"u8);
    }

    public void Dispose() => writer.Dispose();

    private void Write(JsonObject node, params IEnumerable<(string Field, string? Name)> names)
    {
        foreach (var (field, name) in names)
        {
            if (name is not null) node[field] = name;
        }

        node.WriteTo(writer);
    }
}
