using System.Net;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Tests.Storage;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Tests;

namespace BelcoFunctions.Local.Tests.Hosting;

[Collection(Azurite.Name)]
public sealed class LockedQueueTests(AzuriteFixture azurite)
{
    [AzuriteFact]
    public async Task A_queue_file_that_another_program_keeps_locked_is_answered_503_with_Retry_After_until_it_is_free()
    {
        using var data = new TemporaryFolder();
        var options = new LocalHostOptions(Port: 0, data.Path, azurite.ConnectionString, new WebhookSettings());
        await using var host = await LocalHost.StartAsync(options, _ => { }, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.Address };
        using var other = QueueDatabase.Open(data.Path, create: false);

        other.Execute("BEGIN IMMEDIATE");
        using (var refused = await PostAsync(http))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        other.Execute("ROLLBACK");
        using var taken = await PostAsync(http);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http)
    {
        using var content = new ByteArrayContent(PayloadFiles.InShop("conversation.closed", "locked"));
        return await http.PostAsync(new Uri(LocalRoutes.Webhook, UriKind.Relative), content);
    }
}
