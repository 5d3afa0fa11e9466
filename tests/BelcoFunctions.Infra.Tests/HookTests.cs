using System.Diagnostics;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The hook itself, with scripts in place of az and azd.</summary>
public sealed class HookTests : IDisposable
{
    private readonly DirectoryInfo programs = Directory.CreateTempSubdirectory("belco-hook-");

    public HookTests() => Program("azd", "echo \"azd $*\"");

    public void Dispose() => programs.Delete(recursive: true);

    [ShellFact]
    public async Task The_URL_is_printed_with_the_functions_key_and_then_remembered_as_shown()
    {
        var asked = "functionapp function keys list --subscription sub --resource-group rg --name app"
            + $" --function-name {WebhookFunction.Name} --query default --output tsv";
        Program("az", $"[ \"$*\" = \"{asked}\" ] && echo the-key");

        var (exitCode, output) = await RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("  https://example.net/api/webhooks/belco?code=the-key\n", output);
        Assert.EndsWith("azd env set BELCO_URL_SHOWN true\n", output);
    }

    [ShellFact]
    public async Task It_waits_until_the_host_has_created_its_keys()
    {
        Program("az", $"[ -e {programs.FullName}/asked ] && echo the-key || touch {programs.FullName}/asked");
        Program("sleep", "echo waited");

        var (exitCode, output) = await RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("waited\n", output);
        Assert.Contains("?code=the-key\n", output);
    }

    [ShellFact]
    public async Task A_host_without_keys_ends_the_hook_with_advice()
    {
        Program("az", "exit 1");
        Program("sleep", "true");

        var (exitCode, output) = await RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("docs/deploying.md", output);
    }

    [ShellFact]
    public async Task No_key_is_read_in_a_pipeline_or_when_it_was_shown_before()
    {
        Program("az", "echo the-key");

        foreach (var variable in new[] { "CI", "TF_BUILD", "BELCO_URL_SHOWN" })
        {
            var (exitCode, output) = await RunAsync(variable);
            Assert.Equal(0, exitCode);
            Assert.DoesNotContain("the-key", output);
            Assert.Contains("https://example.net/api/webhooks/belco?code=<key>", output);
        }
    }

    private void Program(string name, string script) => ShellScript.Write(Path.Combine(programs.FullName, name), script);

    private async Task<(int ExitCode, string Output)> RunAsync(string? variable = null)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(TemplateFiles.Folder, "hooks", "postdeploy.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["AZURE_RESOURCE_GROUP"] = "rg";
        start.Environment["AZURE_SUBSCRIPTION_ID"] = "sub";
        start.Environment["BELCO_APP_NAME"] = "app";
        start.Environment["BELCO_WEBHOOK_URL"] = "https://example.net/api/webhooks/belco";
        if (variable is not null) start.Environment[variable] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
