using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BelcoFunctions.Benchmarks.Measuring;

namespace BelcoFunctions.Benchmarks.Reporting;

/// <summary>What a run gave, as it is kept in a file.</summary>
internal sealed record Report(Machine Machine, DateTimeOffset TakenAt, string Configuration, IReadOnlyList<BenchmarkReport> Benchmarks)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>How this program was compiled.</summary>
    public static string ThisConfiguration { get; } =
        typeof(Report).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "";

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Options) + "\n");

    public static Report Read(string path) => JsonSerializer.Deserialize<Report>(File.ReadAllText(path), Options)!;
}

/// <summary>One benchmark's part of it.</summary>
internal sealed record BenchmarkReport(string Name, string Command, int Rounds, IReadOnlyList<Comparison> Comparisons);
