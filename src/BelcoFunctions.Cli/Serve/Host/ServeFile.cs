using System.Text.Json;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Where a running <c>belco serve</c> can be reached. It writes this file to its data folder for the operator's
/// commands.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Storage">
/// The connection string of its Azurite, whose key is public; null for another account, whose key must not be in a file.
/// </param>
internal sealed record ServeFile(Uri Address, string? Storage)
{
    private const string FileName = "serve.json";

    /// <summary>Writes the file; disposing removes it. If a <c>belco serve</c> was killed, the next one replaces its
    /// file.</summary>
    public IDisposable Publish(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        File.WriteAllText(path, JsonSerializer.Serialize(this));
        return new Published(path);
    }

    /// <exception cref="CommandException">No <c>belco serve</c> runs with that data folder.</exception>
    public static ServeFile Read(string dataFolder)
    {
        try
        {
            // If belco serve was killed, its file still exists, but another program may use the port now.
            if (!DataFolder.IsLocked(dataFolder)) throw new FileNotFoundException("No process holds the data folder.");
            return JsonSerializer.Deserialize<ServeFile>(File.ReadAllText(Path.Combine(dataFolder, FileName))) is
            { Address: { IsAbsoluteUri: true } } serve ? serve : throw new JsonException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandException(
                $"No belco serve runs with the data folder {Path.GetFullPath(dataFolder)}. "
                + "Start belco serve, or give its data folder with --data.", exception);
        }
    }

    private sealed class Published(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
