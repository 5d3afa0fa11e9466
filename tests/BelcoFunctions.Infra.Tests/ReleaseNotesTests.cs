namespace BelcoFunctions.Infra.Tests;

/// <summary>The script that takes a release's notes from the changelog, or says why there is nothing to release.</summary>
public sealed class ReleaseNotesTests : IDisposable
{
    private const string Props = "Directory.Build.props";

    private static readonly string Version =
        Regex.Match(DocumentationPage.Read(Props).Text, "<Version>(.*)</Version>").Groups[1].Value;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-notes-");

    public ReleaseNotesTests() => Write(Props, DocumentationPage.Read(Props).Text);

    public void Dispose() => folder.Delete(recursive: true);

    [ShellFact("bash")]
    public async Task The_notes_are_the_changelogs_section_with_each_item_on_one_line()
    {
        Write("CHANGELOG.md", $"""
            # Changelog

            ## [9.9.9] - Unreleased

            Later.

            ## [{Version}] - 2030-01-31

            Two lines
            of one sentence.

            ### Added

            - **First.** It is
              long.
              - Under
                the first.
            - Second.

            ## [0.0.1] - 2029-01-31

            Earlier.

            [{Version}]: ../../compare/v0.0.1...v{Version}
            """);

        Assert.Equal(
            (0, """
                Two lines of one sentence.

                ### Added

                - **First.** It is long.
                  - Under the first.
                - Second.

                """, ""),
            await NotesAsync($"v{Version}"));
    }

    [ShellFact("bash")]
    public async Task The_changelog_has_notes_for_the_version_that_is_built()
    {
        var changelog = DocumentationPage.Read("CHANGELOG.md").Text;
        Write("CHANGELOG.md", Regex.Replace(
            changelog, $@"^## \[{Regex.Escape(Version)}\].*$", $"## [{Version}] - 2030-01-31", RegexOptions.Multiline));

        var (exitCode, notes, errors) = await NotesAsync($"v{Version}");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("\n### ", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  ", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("]: ", notes, StringComparison.Ordinal);
    }

    [ShellFact("bash")]
    public async Task A_changelog_that_does_not_describe_the_version_ends_the_release()
    {
        foreach (var (changelog, sentence) in ((string, string)[])
        [
            ("", "CHANGELOG.md has no section for"),
            ("## [9.9.9] - 2030-01-31\n\nLater.\n", "CHANGELOG.md has no section for"),
            ($"## [{Version}] - Unreleased\n\nNew.\n", "CHANGELOG.md has no date for"),
            ($"## [{Version}]\n\nNew.\n", "CHANGELOG.md has no date for"),
            ($"## [{Version}] - 2030-01-31\n\n## [0.0.1] - 2029-01-31\n\nEarlier.\n", "CHANGELOG.md says nothing about"),
        ])
        {
            Write("CHANGELOG.md", changelog);

            var (exitCode, notes, errors) = await NotesAsync($"v{Version}");

            Assert.Equal((1, ""), (exitCode, notes));
            Assert.StartsWith($"{sentence} {Version}", errors, StringComparison.Ordinal);
        }
    }

    [ShellFact("bash")]
    public async Task A_tag_that_is_not_the_version_that_is_built_ends_the_release()
    {
        foreach (var tag in (string[])["v9.9.9", $"v{Version}-rc.1", Version])
        {
            var (exitCode, notes, errors) = await NotesAsync(tag);

            Assert.Equal((1, ""), (exitCode, notes));
            Assert.StartsWith(
                $"The tag is {tag}, but the version in Directory.Build.props is {Version}.", errors, StringComparison.Ordinal);
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    private Task<(int ExitCode, string Output, string Errors)> NotesAsync(string tag) => Workflow.RunAsync(
        $"'{DocumentationPage.Repository.FullName}/.github/release-notes.sh' \"$GITHUB_REF_NAME\"",
        folder.FullName,
        ("GITHUB_REF_NAME", tag));
}
