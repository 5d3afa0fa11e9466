using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>A page that needs no network and runs no script.</summary>
public static class HtmlPage
{
    private static readonly string Style = """
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem;
          background: light-dark(#fff, #15181d); color: light-dark(#1c1c1c, #e6e8eb); }
        h1 { overflow-wrap: anywhere; }
        table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .75rem .25rem 0; vertical-align: top; }
        article { border-left: 3px solid light-dark(#bbb, #555); padding-left: 1rem; margin: 1.5rem 0; }
        .customer { border-color: light-dark(#1a66b0, #6aaef0); } .note { border-color: light-dark(#b07a1a, #d9ab55); }
        .text { white-space: pre-wrap; tab-size: 4; } .text, td { unicode-bidi: isolate; }
        h1, article, td { overflow: clip; } article, td { overflow-wrap: anywhere; }
        a { color: light-dark(#1a4fb0, #8fb3ff); }
        .about { color: light-dark(#555, #a6adb8); }
        @media print {
          :root { color-scheme: light; }
          body { max-width: none; margin: 0; padding: 0; }
          .about { break-after: avoid; }
          a[href^="http"]::after { content: " (" attr(href) ")"; }
        }
        """.ReplaceLineEndings("\n");

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>Everything before the content.</summary>
    public static Html Begin(string title) => Html.Format($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>{Raw(Style)}</style>
        </head>
        <body>
        <main>
        <h1>{title}</h1>

        """);

    /// <summary>Everything after the content.</summary>
    public static Html End { get; } = Html.Format($"</main>\n</body>\n</html>\n");

    private static Html Policy =>
        Raw($"default-src 'none'; style-src 'sha256-{StyleHash}'; base-uri 'none'; form-action 'none'");

    // For constant markup only: it must contain no text from outside.
    private static Html Raw(string markup) => Html.Format(FormattableStringFactory.Create(
        markup.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
}
