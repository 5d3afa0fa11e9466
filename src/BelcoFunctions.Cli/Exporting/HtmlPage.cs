using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>A page that needs no network and runs no script.</summary>
internal static class HtmlPage
{
    private static readonly string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; }
        table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; }
        article { border-left: 3px solid #bbb; padding-left: 1rem; margin: 1.5rem 0; }
        .customer { border-color: #1a66b0; } .note { border-color: #b07a1a; }
        .text { white-space: pre-wrap; tab-size: 4; } .text, td { unicode-bidi: isolate; }
        article, td { overflow: clip; overflow-wrap: anywhere; }
        .about { color: #555; }
        """.ReplaceLineEndings("\n");

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>Everything before the content.</summary>
    public static Html Begin(string title) => Html.Format($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Raw(StyleHash)}'">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width">
        <title>{title}</title>
        <style>{Raw(Style)}</style>
        </head>
        <body>
        <h1>{title}</h1>

        """);

    /// <summary>Everything after the content.</summary>
    public static Html End { get; } = Html.Format($"</body>\n</html>\n");

    // For constant markup only: it must contain no text from outside.
    private static Html Raw(string markup) => Html.Format(
        System.Runtime.CompilerServices.FormattableStringFactory.Create(
            markup.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
}
