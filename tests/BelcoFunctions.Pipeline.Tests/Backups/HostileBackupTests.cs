using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Backups;

namespace BelcoFunctions.Pipeline.Tests.Backups;

/// <summary>A backup that is not as its manifest says is refused before anything is written.</summary>
public sealed class HostileBackupTests(AzuriteFixture azurite) : BackupTests(azurite)
{
    private const string Rows = "Conversations-000001.jsonl";

    private static readonly Dictionary<string, (Action<string> Change, string Error)> Changes = new()
    {
        ["no folder"] = (folder => Directory.Delete(folder, recursive: true), "There is no folder"),
        ["no manifest"] = (folder => File.Delete(Path.Combine(folder, "manifest.json")), "has no manifest"),
        ["a manifest of other JSON"] = (folder => File.WriteAllText(Path.Combine(folder, "manifest.json"), "[]"), "is damaged"),
        ["a manifest of null"] = (folder => File.WriteAllText(Path.Combine(folder, "manifest.json"), "null"), "is damaged"),
        ["another version"] = (Manifest(json => json["schemaVersion"] = 99), "rows of SchemaVersion 99"),
        ["another format"] = (Manifest(json => json["format"] = 2), "in format 2"),
        ["an unknown property"] = (Manifest(json => json["more"] = 1), "is damaged"),
        ["files of null"] = (Manifest(json => json["files"] = null), "is damaged"),
        ["a file of null"] = (Manifest(json => json["files"]![0] = null), "names a file that no backup has"),
        ["a file twice"] = (Manifest(json => json["files"]!.AsArray().Add(json["files"]![0]!.DeepClone())), "not in order"),
        ["a path out of the folder"] = (Named("../Conversations-000001.jsonl"), "names a file that no backup has"),
        ["a path with a folder"] = (Named("./Conversations-000001.jsonl"), "names a file that no backup has"),
        ["an absolute path"] = (Named("/etc/passwd"), "names a file that no backup has"),
        ["a name with a line end"] = (Named("Conversations-000001.jsonl\n"), "names a file that no backup has"),
        ["other digits"] = (Named("Conversations-00000١.jsonl"), "names a file that no backup has"),
        ["a longer number"] = (Named("Conversations-0000001.jsonl"), "names a file that no backup has"),
        ["another count"] = (Manifest(json => json["conversations"] = 1), "its counts are not those of its files"),
        ["a missing file"] = (folder => File.Delete(Path.Combine(folder, Rows)), "lacks the file Conversations-000001.jsonl"),
        ["a part between"] = (folder =>
        {
            File.Move(Path.Combine(folder, Rows), Path.Combine(folder, "Conversations-000002.jsonl"));
            Named("Conversations-000002.jsonl")(folder);
        }, "lacks a part before Conversations-000002.jsonl"),
        ["an extra part"] = (folder => File.Copy(Path.Combine(folder, Rows), Path.Combine(folder, "Conversations-000002.jsonl")),
            "has a file that the manifest does not name"),
        ["an extra file"] = (folder => File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine"), "notes.txt"),
        ["an extra folder"] = (folder => Directory.CreateDirectory(Path.Combine(folder, "more")), "more"),
        ["a changed byte"] = (Content(bytes => bytes[^20]++), "Conversations-000001.jsonl"),
        ["a truncated file"] = (Content(bytes => bytes[..^20]), "was changed or is not complete"),
        ["a file without its last line"] = (
            Content(bytes => bytes[..(bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1)]),
            "was changed or is not complete"),
        ["a file that ends within a line"] = (Consistent(bytes => bytes[..^1]), "Its end is missing"),
        ["a line that is no row"] = (Consistent(_ => "{\"PartitionKey\":\"p\"}\n"u8.ToArray()), "Line 1 cannot be read"),
        ["a row of another version"] = (
            Consistent(_ => [.. """{"PartitionKey":"a","RowKey":"a","Columns":{"SchemaVersion":99}}"""u8, (byte)'\n']),
            "another SchemaVersion"),
        ["rows in another order"] = (Consistent(bytes => [.. bytes, .. bytes]), "Its rows are not in order"),
        ["a symbolic link"] = (folder =>
        {
            var real = Path.Combine(Path.GetDirectoryName(folder)!, "real");
            File.Move(Path.Combine(folder, Rows), real);
            File.CreateSymbolicLink(Path.Combine(folder, Rows), real);
        }, Rows),
        ["a manifest that is a symbolic link"] = (folder =>
        {
            var real = Path.Combine(Path.GetDirectoryName(folder)!, "real.json");
            File.Move(Path.Combine(folder, "manifest.json"), real);
            File.CreateSymbolicLink(Path.Combine(folder, "manifest.json"), real);
        }, "is damaged"),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [UnixTheory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_with_a_sentence_and_nothing_is_written(string name)
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("c", 2));
        await BackUpAsync();
        Changes[name].Change(Folder);
        var target = await CreateTableAsync();
        var log = new RequestLog();

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(target, log));

        Assert.Contains(Changes[name].Error, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, log.Total);
    }

    [AzuriteFact]
    public async Task A_payload_with_the_bytes_of_another_is_refused()
    {
        await Table.ProjectAsync(
            await ReceiveAsync(EventFactory.Reply("c", 1, item => item["body"] = new string('x', 200_000))));
        await BackUpAsync();
        var file = Path.Combine(Folder, "Conversations-000001.payloads.jsonl");
        var text = await File.ReadAllTextAsync(file);
        var end = text.LastIndexOf('"');
        await File.WriteAllTextAsync(file, string.Concat(text.AsSpan(0, end - 8), "AAAAAAAA", text.AsSpan(end)));

        var error = await Assert.ThrowsAsync<BackupException>(RestoreAsync);

        Assert.Contains("Its bytes are not those of its name.", error.Message, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("Conversations")]
    [InlineData("UnprojectedEvents")]
    [InlineData("payloads")]
    public async Task An_archive_that_is_not_empty_is_refused(string what)
    {
        await Table.ProjectAsync(Reply("c", 1));
        await BackUpAsync();
        var target = await CreateTableAsync();
        await (what switch
        {
            "Conversations" => target.ProjectAsync(Reply("d", 1)),
            "UnprojectedEvents" => target.UnprojectedStore().KeepAsync([Reply("d", 1)], CancellationToken.None),
            _ => (Task)target.Payloads.PutAsync("body"u8.ToArray(), CancellationToken.None),
        });
        var before = await ContentsAsync(target);

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(target));

        Assert.StartsWith("The archive is not empty.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ContentsAsync(target));
    }

    private static Action<string> Named(string name) => Manifest(json => json["files"]![0]!["name"] = name);

    private static Action<string> Manifest(Action<JsonObject> change) => folder =>
    {
        var path = Path.Combine(folder, "manifest.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    };

    private static Action<string> Content(Func<byte[], byte[]> change) => folder =>
    {
        var path = Path.Combine(folder, Rows);
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
    };

    private static Action<string> Content(Action<byte[]> change) => Content(bytes =>
    {
        change(bytes);
        return bytes;
    });

    /// <summary>Changes a file, and the manifest with it.</summary>
    private static Action<string> Consistent(Func<byte[], byte[]> change) => folder =>
    {
        Content(change)(folder);
        var bytes = File.ReadAllBytes(Path.Combine(folder, Rows));
        Manifest(json =>
        {
            json["files"]![0]!["bytes"] = bytes.Length;
            json["files"]![0]!["sha256"] = Convert.ToHexString(SHA256.HashData(bytes));
        })(folder);
    };
}
