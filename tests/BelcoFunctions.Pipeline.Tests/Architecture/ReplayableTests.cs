using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Http;
using Mono.Cecil;

namespace BelcoFunctions.Pipeline.Tests.Architecture;

/// <summary>The library can be simulated: every call that cannot be replayed goes through <see cref="Concurrency"/> or a
/// <see cref="TimeProvider"/>.</summary>
public sealed class ReplayableTests
{
    public static TheoryData<string> Examples() =>
        [.. typeof(NotReplayable).GetMethods().Where(method => method.DeclaringType == typeof(NotReplayable))
            .Select(method => method.Name)];

    [Fact]
    public void The_library_starts_no_thread_and_has_no_chance_and_no_clock_of_its_own() => Assert.Equal("", string.Join('\n',
        Violations(typeof(HttpReply).Assembly.Location)
            .Where(found => found.Type is not (nameof(Concurrency) or nameof(PipelineServices)))
            .Select(found => $"{found.Type}: {found.Call}")));

    [Fact]
    public void The_local_queue_starts_no_thread_and_has_no_chance_and_no_clock_of_its_own() => Assert.Equal("", string.Join('\n',
        Violations(typeof(QueueConcurrency).Assembly.Location, typeof(QueueConcurrency).Namespace!)
            .Where(found => found.Type is not nameof(QueueConcurrency))
            .Select(found => $"{found.Type}: {found.Call}")));

    [Fact]
    public void Only_the_type_that_assembles_the_library_names_the_system_clock() => Assert.Equal(
        ["System.TimeProvider::get_System"],
        Violations(typeof(HttpReply).Assembly.Location)
            .Where(found => found.Type is nameof(PipelineServices)).Select(found => found.Call).Distinct());

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_of_the_forbidden_calls_is_found(string example) => Assert.Single(
        Violations(typeof(NotReplayable).Assembly.Location),
        found => found.Type == nameof(NotReplayable) && found.Method == example);

    [Fact]
    public void Waiting_with_a_given_clock_is_allowed() => Assert.DoesNotContain(
        Violations(typeof(Replayable).Assembly.Location), found => found.Type == nameof(Replayable));

    private static IEnumerable<(string Type, string Method, string Call)> Violations(
        string assembly, string part = "")
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. from type in module.GetTypes()
               from method in type.Methods
               where method.HasBody && Outermost(type).Namespace.StartsWith(part, StringComparison.Ordinal)
               from instruction in method.Body.Instructions
               let called = instruction.Operand as MethodReference
               where called is not null && ForbiddenCalls.Has(called)
               select (Outermost(type).Name, Source(type, method), $"{called.DeclaringType.FullName}::{called.Name}"),
        ];
    }

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;

    // An async method, an iterator or a lambda is compiled to a type or a method named <Source>…
    private static string Source(TypeDefinition type, MethodDefinition method) =>
        (method.Name.Contains('<', StringComparison.Ordinal) ? method.Name : type.DeclaringType is null ? method.Name : type.Name)
        .Split('<', '>') is [_, var source, ..] ? source : method.Name;
}
