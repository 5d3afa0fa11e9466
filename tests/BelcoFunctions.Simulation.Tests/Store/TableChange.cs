namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>Inserts, replaces, merges and deletes a row.</summary>
internal static class TableChange
{
    /// <exception cref="StoreRefusal"/>
    public static (StoreState State, StoredRow Row) Apply(StoreState state, StoreRequest request, TableAddress address)
    {
        var row = Change(state, request, address);
        return (state.With(row), row);
    }

    public static RowKeys KeysOf(StoreRequest request, TableAddress address) =>
        address.Keys ?? StoredRow.Read(address.Table, request.Body).Keys;

    private static StoredRow Change(StoreState state, StoreRequest request, TableAddress address)
    {
        if (request.Method == "POST")
        {
            var (keys, inserted) = StoredRow.Read(address.Table, request.Body);
            var before = state.Find(keys);
            return before is null or { IsDeleted: true }
                ? StoredRow.Create(keys, before, inserted) : throw new StoreRefusal(409, "EntityAlreadyExists");
        }

        if (address.Keys is not { } key) throw new StoreRefusal(405, "MethodNotAllowed");
        var (found, condition) = (state.Find(key), request.Header("If-Match"));
        var existing = found is { IsDeleted: false } ? found : null;
        if (condition is not null)
        {
            if (existing is null) throw new StoreRefusal(404, "ResourceNotFound");
            if (condition != "*" && condition != existing.ETag) throw new StoreRefusal(412, "UpdateConditionNotSatisfied");
        }

        if (request.Method == "DELETE")
        {
            // The documentation requires If-Match. Without it, nothing is deleted.
            if (condition is null) throw new StoreRefusal(400, "MissingRequiredHeader");
            return existing!.Delete();
        }

        var columns = StoredRow.Read(address.Table, request.Body).Columns;
        return request.Method switch
        {
            "PUT" => StoredRow.Create(key, found, columns),
            "PATCH" or "MERGE" => existing is null ? StoredRow.Create(key, found, columns) : existing.Merge(columns),
            _ => throw new StoreRefusal(405, "MethodNotAllowed"),
        };
    }
}
