using System.Diagnostics.Metrics;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Tests.Commands;
using BelcoFunctions.Local.Tests.Crash;
using BelcoFunctions.Local.Tests.Storage;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Telemetry;
using BelcoFunctions.Tests;

namespace BelcoFunctions.Local.Tests.Hosting;

[Collection(Azurite.Name)]
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    private const string Secret = "a secret nobody may read";
    private const string Personal = "mevrouw.jansen@example.com";

    [AzuriteFact]
    public async Task Each_instrument_measures_while_webhooks_pass()
    {
        using var data = new TemporaryFolder();
        var measured = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, owner) =>
            {
                if (instrument.Meter.Name == PipelineTelemetry.MeterName) owner.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured[instrument.Name] = true);
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => measured[instrument.Name] = true);
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => measured[instrument.Name] = true);
        listener.Start();

        var options = new LocalHostOptions(Port: 0, data.Path, azurite.ConnectionString, new WebhookSettings());
        await using (var host = await LocalHost.StartAsync(options, _ => { }, CancellationToken.None))
        {
            using var http = new HttpClient { BaseAddress = host.Address };
            using var content = new ByteArrayContent(PayloadFiles.InShop("conversation.closed", "telemetry"));
            using var response = await http.PostAsync(new Uri(LocalRoutes.Webhook, UriKind.Relative), content);
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!measured.ContainsKey("belco.deliveries")) await http.GetAsync(new Uri("api/health", UriKind.Relative), timeout.Token);
            listener.RecordObservableInstruments();
        }

        Assert.Equal(
        [
            "belco.batch.size", "belco.deliveries", "belco.projection.lag", "belco.queue.age", "belco.queue.depth",
            "belco.table.requests", "belco.webhook.duration", "belco.webhooks",
        ], measured.Keys.Order());
    }

    [AzuriteFact]
    public async Task No_log_line_at_any_level_tells_a_body_a_secret_or_a_person()
    {
        using var data = new TemporaryFolder();
        (string, string)[] signed = [("Webhook__Secret", Secret), ("Webhook__SignatureHeader", "X-Signature")];
        await using var serve = await ServeProcess.StartAsync(
            ["--port", "0", "--data", data["state"], "--storage", azurite.ConnectionString, "--log-level", "Trace"], signed);

        var webhooks = Directory.CreateDirectory(data["webhooks"]).FullName;
        foreach (var name in PayloadFiles.Names)
        {
            var e = PayloadFiles.Parse(name);
            e["payload"]!["shopId"] = "log";
            e["payload"]!["conversation_item"]!["body"] = $"Ik ben {Personal}";
            e["payload"]!["conversation_item"]!["pageTitle"] = Personal;
            await File.WriteAllBytesAsync(Path.Combine(webhooks, name + ".json"), e.ToUtf8());
        }

        await File.WriteAllTextAsync(Path.Combine(webhooks, "malformed.json"), $$"""{"requestId":"r","eventName":{{Personal}}""");
        await File.WriteAllTextAsync(Path.Combine(webhooks, "other.json"), $$"""{"requestId":"r","eventName":"contact.created","email":"{{Personal}}"}""");
        var url = new Uri(ServeFile.Read(data["state"]).Address, LocalRoutes.Webhook).ToString();
        var sent = await BelcoProgram.RunAsync(["send", webhooks, "--url", url], null, signed);
        var unsigned = await BelcoProgram.RunAsync(["send", webhooks, "--url", url]);
        Assert.Contains("200 other.json", sent.Output, StringComparison.Ordinal);
        Assert.Contains("401", unsigned.Output, StringComparison.Ordinal);

        await serve.StopAsync();
        var log = await serve.Errors;
        Assert.Contains("trce:", log, StringComparison.Ordinal);
        foreach (var word in new[] { Personal, "jansen", Secret, "Ik ben" }) Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase);
    }
}
