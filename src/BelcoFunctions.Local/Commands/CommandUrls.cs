using System.CommandLine;

namespace BelcoFunctions.Local.Commands;

/// <summary>Options that are addresses.</summary>
internal static class CommandUrls
{
    /// <param name="name">Like <c>--url</c>.</param>
    /// <param name="description">What it is the address of.</param>
    /// <param name="defaultUrl">Null where it has to be given.</param>
    public static Option<Uri> Option(string name, string description, string? defaultUrl)
    {
        var option = new Option<Uri>(name)
        {
            Description = description,
            Required = defaultUrl is null,
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
                result.AddError($"{name} must be a whole http or https address.");
                return null;
            },
        };
        if (defaultUrl is not null) option.DefaultValueFactory = _ => new Uri(defaultUrl);
        return option;
    }
}
