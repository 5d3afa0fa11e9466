using System.Diagnostics;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Shared;

/// <summary>The only command with a question, in a real terminal, with each of its streams redirected.</summary>
public sealed class QuestionTests(RunningServe serve) : IClassFixture<RunningServe>, IDisposable
{
    private const string CustomerId = "YX6HM6Sfbt4GvbvZb";
    private const string Asked = "1 conversation, 1 timeline row and 1 queued event would be erased for good. "
        + "What arrives until you answer is erased too. Erase? [y/N] ";

    private readonly TemporaryFolder folder = new();
    private readonly string shopId = $"question-{Guid.NewGuid():N}";

    public void Dispose() => folder.Dispose();

    [LinuxTheory]
    [InlineData("y\n", "")]
    [InlineData("YES\n", "| tee {0}")]
    [InlineData("perhaps\ny\n", "> {0}")]
    public async Task After_yes_it_erases_even_if_output_is_redirected(string answer, string redirection)
    {
        await serve.ProjectAsync("conversation.replied", shopId);

        var shown = await AskAsync(answer, redirection);

        Assert.Contains(Asked, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", shown, StringComparison.Ordinal);
        var receipt = redirection.Length == 0 ? shown : await File.ReadAllTextAsync(folder["receipt"]);
        Assert.Contains("timeline rows erased", receipt, StringComparison.Ordinal);
        if (redirection.Length > 0) Assert.DoesNotContain("Erase?", receipt, StringComparison.Ordinal);
        Assert.Contains(answer.StartsWith('p') ? "Answer y or n." : Asked, shown, StringComparison.Ordinal);
        Assert.Equal(0, await RowsAsync());
    }

    [LinuxTheory]
    [InlineData("n\n", "")]
    [InlineData("\n", "| tee {0}")]
    [InlineData("no\n", "> {0}")]
    public async Task After_any_other_answer_nothing_is_erased(string answer, string redirection)
    {
        await serve.ProjectAsync("conversation.replied", shopId);

        var shown = await AskAsync(answer, redirection);

        Assert.Contains(Asked, shown, StringComparison.Ordinal);
        Assert.Contains("Nothing was erased.", shown, StringComparison.Ordinal);
        Assert.Equal(1, await RowsAsync());
    }

    [LinuxTheory]
    [InlineData("2> {0}")]
    [InlineData("< /dev/null")]
    public async Task It_does_not_ask_where_nobody_could_see_or_answer_the_question(string redirection)
    {
        await serve.ProjectAsync("conversation.replied", shopId);

        var shown = await AskAsync("y\n", redirection);

        if (redirection[0] == '2') shown = await File.ReadAllTextAsync(folder["receipt"]);
        Assert.Contains("belco cannot ask you here. Add --yes", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Erase?", shown, StringComparison.Ordinal);
        Assert.Equal(1, await RowsAsync());
    }

    /// <summary>Runs the command in its own terminal, and returns the text on the screen.</summary>
    private async Task<string> AskAsync(string answer, string redirection)
    {
        string[] words =
        [
            BelcoProgram.Dotnet, typeof(CommandException).Assembly.Location, "erase", "--shop", shopId,
            "--customer", CustomerId, "--data", serve.DataFolder,
        ];
        var command = string.Join(' ', words.Select(word => $"'{word}'"))
            + " " + redirection.Replace("{0}", $"'{folder["receipt"]}'", StringComparison.Ordinal);
        using var terminal = Process.Start(new ProcessStartInfo("script", ["-qc", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return (await BelcoProgram.EndAsync(terminal, answer)).Output;
    }

    private async Task<int> RowsAsync() => await serve.Storage.Conversations.Client
        .QueryAsync<Azure.Data.Tables.TableEntity>($"PartitionKey eq '{shopId}'")
        .CountAsync(row => row.RowKey.StartsWith("timeline_", StringComparison.Ordinal));
}
