using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;

namespace BelcoFunctions.Tests;

/// <summary>Keeps tests/FunctionsSdk, which Debug compiles the app against, equal to the real packages.</summary>
public sealed class DeclarationsTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Assembly[] RealAssemblies =
    [
        typeof(FunctionContext).Assembly,
        typeof(TriggerBindingAttribute).Assembly,
        typeof(HttpTriggerAttribute).Assembly,
        typeof(ServiceBusTriggerAttribute).Assembly,
        typeof(TimerTriggerAttribute).Assembly,
        typeof(ServiceBusClient).Assembly,
        typeof(ConfigureFunctionsOpenTelemetry).Assembly,
    ];

    [Fact]
    public void Every_declaration_is_that_of_the_real_package()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Declarations", "FunctionsSdk.dll");
        var declarations = new AssemblyLoadContext("declarations").LoadFromAssemblyPath(path).GetExportedTypes();

        var differences = declarations.SelectMany(Differences).ToList();

        Assert.NotEmpty(declarations);
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static IEnumerable<string> Differences(Type declared)
    {
        var real = RealAssemblies
            .Select(assembly => assembly.GetType(declared.FullName!))
            .FirstOrDefault(type => type is { IsPublic: true });
        if (real is null) return [$"{declared}: not in the real packages"];

        var realTraits = Traits(real).ToLookup(trait => trait.Name, trait => trait.Text);
        return
            from trait in Traits(declared)
            let realTexts = realTraits[trait.Name]
            where !realTexts.Contains(trait.Text)
            select $"""
                {declared}
                  declared: {trait.Text}
                  real:     {string.Join("\n            ", realTexts.DefaultIfEmpty("nothing of the kind"))}
                """;
    }

    /// <summary>What users of a type may rely on. The real type must have every trait of the declared one.</summary>
    private static IEnumerable<(string Name, string Text)> Traits(Type type)
    {
        yield return ("kind", $"{Kind(type)} : {type.BaseType}");
        if (!type.IsSealed)
            yield return ("inheritance", "may be inherited from");
        foreach (var implemented in type.GetInterfaces())
            yield return ("interface", implemented.ToString());
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral))
            yield return (field.Name, $"{field.Name} = {field.GetRawConstantValue()}");
        foreach (var method in type.GetMembers(Declared).OfType<MethodBase>())
        {
            if (Access(method) is { } access)
                yield return (method.Name, $"{access} {Modifier(method)}{ReturnType(method)}{method.Name}({Parameters(method)})");
        }
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static string? Access(MethodBase method) => method switch
    {
        { IsPublic: true } => "public",
        { IsFamily: true } or { IsFamilyOrAssembly: true } => "protected",
        _ => null,
    };

    private static string Modifier(MethodBase method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string ReturnType(MethodBase method) => method is MethodInfo { ReturnType: var type } ? $"{type} " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var prefix = method.IsDefined(typeof(ExtensionAttribute)) && parameter.Position == 0 ? "this "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : "";
        var value = parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "";
        return $"{prefix}{parameter.ParameterType} {parameter.Name}{value}";
    }));
}
