using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace Situational.Storage.Sqlite;

/// <summary>Data with its checksum, as several tables keep it.</summary>
internal readonly record struct StoredRow(byte[] Data, long Checksum)
{
    /// <summary>Encodes a value for its place.</summary>
    public static StoredRow Of<T>(T value, JsonTypeInfo<T> type, string place, long version)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return new StoredRow(data, Sqlite.Checksum.Of(place, version, data));
    }

    /// <summary>Decodes columns <paramref name="column"/> (data) and the next (checksum); says what is wrong instead of returning a value.</summary>
    public static string? Read<T>(SqliteDataReader row, int column, JsonTypeInfo<T> type, string place, long version, out T? value)
        where T : class
    {
        value = null;
        var data = row.GetFieldValue<byte[]>(column);
        if (row.GetInt64(column + 1) != Sqlite.Checksum.Of(place, version, data))
            return "its checksum does not match";
        try
        {
            value = JsonSerializer.Deserialize(data, type);
            return value is null ? "it holds nothing" : null;
        }
        catch (JsonException e)
        {
            return $"it cannot be read ({e.Message})";
        }
        catch (NotSupportedException e)
        {
            return $"it is of an unknown kind ({e.Message})";
        }
    }
}
