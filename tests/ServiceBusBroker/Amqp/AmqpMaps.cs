using Microsoft.Azure.Amqp.Encoding;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>Maps with names as keys.</summary>
internal static class AmqpMaps
{
    public static AmqpMap Create(params IEnumerable<(string Name, object Value)> entries)
    {
        var map = new AmqpMap();
        foreach (var (name, value) in entries) map[new MapKey(name)] = value;
        return map;
    }

    /// <summary>Returns null when there is no such name.</summary>
    public static object? Value(this AmqpMap map, string name) => map[new MapKey(name)];
}
