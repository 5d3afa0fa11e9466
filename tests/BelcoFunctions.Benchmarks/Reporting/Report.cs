using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Benchmarks.Reporting;

/// <summary>The results of a run, as stored in a file.</summary>
internal sealed record Report(
    Machine Machine, DateTimeOffset TakenAt, string Configuration, IReadOnlyList<BenchmarkReport> Benchmarks)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>How this program was compiled.</summary>
    public static string ThisConfiguration { get; } =
        typeof(Report).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "";

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options) + "\n");

    /// <exception cref="CommandException">The file is not a report.</exception>
    public static Report Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(File.ReadAllText(path), Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{path} is not a file of figures: {exception.Message}", exception);
        }
    }
}

/// <summary>The part of one benchmark in a report.</summary>
internal sealed record BenchmarkReport(string Name, string Command, int Rounds, IReadOnlyList<Comparison> Comparisons);
