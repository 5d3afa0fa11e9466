using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

[Collection(SharedAzurite.Name)]
public sealed class TelemetryTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private const string Secret = "a secret of 22 letters";
    private const string Personal = "mevrouw.jansen@example.com";

    [AzuriteFact]
    public async Task Every_instrument_measures_something_while_a_webhook_is_processed()
    {
        var measured = new ConcurrentDictionary<string, bool>();
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

        await PostAsync(PayloadFiles.InShop("conversation.closed", "telemetry"));
        await TestTimeout.UntilAsync(() => measured.ContainsKey("belco.deliveries"));

        listener.RecordObservableInstruments();

        Assert.Equal(
        [
            "belco.batch.size", "belco.deliveries", "belco.projection.lag", "belco.queue.age", "belco.queue.depth",
            "belco.table.requests", "belco.webhook.duration", "belco.webhooks",
        ], measured.Keys.Order());
    }

    [AzuriteFact]
    public async Task No_log_line_at_any_level_contains_a_body_a_secret_or_a_persons_data()
    {
        using var data = new TemporaryFolder();
        (string, string)[] signed = [("Webhook__Secret", Secret), ("Webhook__SignatureHeader", "X-Signature")];
        await using var serve = await ServeProcess.StartAsync(
            ["--port", "0", "--data", data["state"], "--storage", Storage, "--log-level", "Trace"], signed);

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
        var other = $$"""{"requestId":"r","eventName":"contact.created","email":"{{Personal}}"}""";
        await File.WriteAllTextAsync(Path.Combine(webhooks, "other.json"), other);
        var url = new Uri(ServeFile.Read(data["state"]).Address, ServeRoutes.Webhook).ToString();
        var sent = await BelcoProgram.RunAsync(["send", webhooks, "--url", url], null, signed);
        var unsigned = await BelcoProgram.RunAsync(["send", webhooks, "--url", url]);
        Assert.Contains("200 other.json", sent.Output, StringComparison.Ordinal);
        Assert.Contains("401", unsigned.Output, StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = ServeFile.Read(data["state"]).Address };
        string[] paths = ["search?shop=log&q=", "conversations?shop=log&customerId=", "api/shops/log/conversations?customerId="];
        foreach (var path in paths)
        {
            using var reply = await http.GetAsync(new Uri(path + Uri.EscapeDataString(Personal), UriKind.Relative));
        }

        await serve.StopAsync();
        var log = await serve.Errors;
        Assert.Contains("trce:", log, StringComparison.Ordinal);
        Assert.All([Personal, "jansen", Secret, "Ik ben"],
            word => Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase));
    }
}
