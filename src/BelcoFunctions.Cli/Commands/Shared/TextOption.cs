using System.CommandLine;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Options whose value is a text that must not be empty, such as an id.</summary>
internal static class TextOption
{
    private const string Id = "id";

    /// <summary>The shop of a command that works on an archive: <see cref="ArchiveShop"/> finds it.</summary>
    public static Option<string?> Shop() =>
        Create("--shop", "The id of the shop. You may leave it out if the archive has exactly one: see belco shops.", Id);

    public static Option<string?> CreateId(string name, string description) => Create(name, description, Id);

    /// <param name="name">Like <c>--status</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="helpName">One word that says what the text is.</param>
    public static Option<string?> Create(string name, string description, string helpName)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
                result.AddError($"{name} is empty. Give {(helpName is Id ? "an" : "a")} {helpName}.");
        });
        return option;
    }
}
