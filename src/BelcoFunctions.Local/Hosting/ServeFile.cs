using System.Text.Json;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Where a running serve can be reached: it leaves this in its data folder for the operator's commands.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Storage">Its Azurite, whose key everybody knows; null where it was given another account, whose key is nobody's business.</param>
internal sealed record ServeFile(Uri Address, string? Storage)
{
    private const string FileName = "serve.json";

    /// <summary>Writes it, to be removed when serve ends. One that was left by a killed serve is replaced by the next.</summary>
    public IDisposable Publish(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        File.WriteAllText(path, JsonSerializer.Serialize(this));
        return new Published(path);
    }

    /// <exception cref="LocalHostException">Serve does not run there.</exception>
    public static ServeFile Read(string dataFolder)
    {
        try
        {
            // What a killed serve left tells ports that may be another's by now.
            if (!DataFolder.IsLocked(dataFolder)) throw new FileNotFoundException("Nobody has the data folder.");
            return JsonSerializer.Deserialize<ServeFile>(File.ReadAllText(Path.Combine(dataFolder, FileName))) is
            { Address: { IsAbsoluteUri: true } } serve ? serve : throw new JsonException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LocalHostException(
                $"No belco serve runs with the data folder {Path.GetFullPath(dataFolder)}; start it, or name its folder with --data.", exception);
        }
    }

    private sealed class Published(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
