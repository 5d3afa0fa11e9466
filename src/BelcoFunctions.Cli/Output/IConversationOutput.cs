using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>A form in which a conversation is shown, item by item, so that only one of them is in memory.</summary>
internal interface IConversationOutput
{
    /// <param name="names">The names of the customer and of agents.</param>
    void Begin(Names names);

    /// <summary>Writes an item. They come oldest first.</summary>
    /// <param name="names">The names of the people in it.</param>
    void Write(TimelineEntry entry, Names names);

    /// <inheritdoc cref="Begin"/>
    void End(Names names);
}
