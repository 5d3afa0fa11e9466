using System.CommandLine;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Options whose value is a URL.</summary>
internal static class UrlOption
{
    /// <param name="name">Like <c>--url</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="defaultUrl">Null makes the option required.</param>
    public static Option<Uri> Create(string name, string description, string? defaultUrl)
    {
        var option = new Option<Uri>(name)
        {
            Description = description,
            Required = defaultUrl is null,
            CustomParser = result =>
            {
                var value = result.Tokens[0].Value;
                if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
                result.AddError($"{name} must be a complete URL that begins with http:// or https://.");
                return null;
            },
        };
        if (defaultUrl is not null) option.DefaultValueFactory = _ => new Uri(defaultUrl);
        return option;
    }
}
