using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>
/// Runs SQL with named parameters. Each text is compiled once per connection, because compiling costs more than inserting a row.
/// </summary>
internal static class SqliteCommands
{
    // Closing a connection closes its commands.
    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, SqliteCommand>> Prepared = [];

    /// <returns>How many rows changed.</returns>
    public static int Execute(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(connection, sql, parameters).ExecuteNonQuery();

    public static List<T> Query<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Prepare(connection, sql, parameters).ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public static T QuerySingle<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        connection.Query(sql, read, parameters)[0];

    public static string? GetStringOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static SqliteCommand Prepare(
        SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var commands = Prepared.GetOrCreateValue(connection);
        if (!commands.TryGetValue(sql, out var command)) commands[sql] = command = Create(connection, sql, parameters);
        // SqliteConnection keeps its open transaction to itself, but gives it to a new command.
        using var created = connection.CreateCommand();
        command.Transaction = created.Transaction;
        foreach (var (name, value) in parameters) command.Parameters[name].Value = value ?? DBNull.Value;
        return command;
    }

    private static SqliteCommand Create(
        SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, _) in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
