using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

// Text from outside is only ever a parameter.
#pragma warning disable CA2100

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Runs SQL with parameters. Each SQL text is compiled once per connection, because compiling costs more than
/// inserting a row. The parameters of a text are then set by position, so always give them in the same order.</summary>
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

    /// <summary>Makes changes together or, when one throws, not at all.</summary>
    public static void InTransaction(this SqliteConnection connection, Action change)
    {
        // Take the write lock at once: a transaction that begins with reading fails at its first write if another process has
        // written in between.
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            change();
            connection.Execute("COMMIT");
        }
        catch
        {
            // SQLite itself rolls back after some errors, such as a full disk.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0) connection.Execute("ROLLBACK");
            throw;
        }
    }

    public static string? GetStringOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static SqliteCommand Prepare(
        SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var commands = Prepared.GetOrCreateValue(connection);
        if (!commands.TryGetValue(sql, out var command)) commands[sql] = command = Create(connection, sql, parameters);
        for (var index = 0; index < parameters.Length; index++)
        {
            command.Parameters[index].Value = parameters[index].Value ?? DBNull.Value;
        }

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
