using Microsoft.Data.Sqlite;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>A <see cref="StoredRow"/> in two columns of a table: data and the next, checksum.</summary>
internal static class RowColumns
{
    public static StoredRow RowAt(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), row.GetInt64(column + 1));
}
