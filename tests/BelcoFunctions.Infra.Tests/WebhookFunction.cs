using System.Reflection;
using BelcoFunctions.Functions;
using Microsoft.Azure.Functions.Worker;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The attributes of the function that Belco calls.</summary>
internal static class WebhookFunction
{
    private static readonly MethodInfo Method = typeof(HttpFunctions).GetMethod(nameof(HttpFunctions.ReceiveAsync))!;

    public static string Name => (string)Method.GetCustomAttributesData()
        .Single(attribute => attribute.AttributeType == typeof(FunctionAttribute)).ConstructorArguments[0].Value!;

    // The host sets the prefix, and only host.json can change it.
    public static string Route => "/api/" + Method.GetParameters()[0].GetCustomAttributesData().Single()
        .NamedArguments.Single(argument => argument.MemberName == "Route").TypedValue.Value;
}
