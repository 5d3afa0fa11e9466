using System.Reflection;

namespace BelcoFunctions.Worker.Tests;

/// <summary>The app as the build left it.</summary>
internal static class BuiltApp
{
    /// <summary>Its file.</summary>
    public static string Path { get; } = typeof(BuiltApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "AppPath").Value!;
}
