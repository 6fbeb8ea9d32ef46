using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Situational.Storage.Rows;

/// <summary>Data with its checksum, as the stores keep it.</summary>
internal readonly record struct StoredRow(byte[] Data, long Checksum)
{
    /// <summary>Encodes a value for its place.</summary>
    public static StoredRow Of<T>(T value, JsonTypeInfo<T> type, string place, long version)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return new StoredRow(data, Rows.Checksum.Of(place, version, data));
    }

    /// <summary>Decodes what was kept at a place; says what is wrong instead of returning a value.</summary>
    public string? Read<T>(JsonTypeInfo<T> type, string place, long version, out T? value)
        where T : class
    {
        value = null;
        if (Checksum != Rows.Checksum.Of(place, version, Data))
            return "its checksum does not match";
        try
        {
            value = JsonSerializer.Deserialize(Data, type);
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
