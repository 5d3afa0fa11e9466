using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Tests.Exporting;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Viewer;
using BelcoFunctions.Viewer.Conversations;
using BelcoFunctions.Viewer.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>The viewer's pages for an account that no longer answers.</summary>
public sealed class SilentStoragePageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/conversations?shop=any")]
    [InlineData("/report?shop=any")]
    [InlineData("/search?q=any")]
    [InlineData("/search?shop=any&q=any")]
    public async Task A_page_waits_ten_seconds_and_then_says_so(string page)
    {
        using var account = new SilentStorage();
        var time = new FakeTimeProvider();
        var storage = await StorageAccount.OpenToReadAsync(account.ConnectionString, CancellationToken.None);
        var builder = LoopbackWebApp.CreateBuilder(0, LogLevel.None, new CapturedLog());
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddPipeline(new WebhookSettings(), storage).AddViewer(new ViewerOptions("silent", "any"))
            .AddSingleton<IConversationExport, ListExport>();
        await using var app = builder.Build();
        app.MapViewer();
        using var http = new HttpClient { BaseAddress = await app.ListenAsync(0, CancellationToken.None) };

        var answering = http.GetAsync(new Uri(page, UriKind.Relative));
        await account.Asked.WaitAsync(TestTimeout.Limit);
        time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(answering.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        using var answer = await answering.WaitAsync(TestTimeout.Limit);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("The storage account did not answer.", text, StringComparison.Ordinal);
    }
}
