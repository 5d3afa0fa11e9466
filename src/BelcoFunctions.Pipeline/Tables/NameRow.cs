using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The row of a name. A contact without a name has a row too, so that nobody asks for it every day.</summary>
internal static class NameRow
{
    /// <summary>The most characters of a name. A longer one is cut.</summary>
    public const int MaxLength = 200;

    public static TableEntity ToEntity(string shopId, ReadName name)
    {
        var row = new TableEntity(TableKeys.Escape(shopId), TableKeys.Name(name.Kind, name.Id));
        row.Set(Column.ShopId, shopId);
        row.Set(Column.Kind, ToText(name.Kind));
        row.Set(Column.Id, name.Id);
        row.Set(Column.Name, name.Name?.Truncate(MaxLength));
        row.Set(Column.ReadAt, name.ReadAt);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }

    public static string ToText(NameKind kind) => kind switch
    {
        NameKind.User => "user",
        NameKind.Team => "team",
        NameKind.Contact => "contact",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>What Belco's API said of somebody's name.</summary>
/// <param name="Name">Null if the API knows no name for this id.</param>
/// <param name="ReadAt">The moment of which the name is true.</param>
internal sealed record ReadName(NameKind Kind, string Id, string? Name, DateTimeOffset ReadAt);
