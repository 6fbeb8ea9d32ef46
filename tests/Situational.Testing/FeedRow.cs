using System.Text.Json;

namespace Situational.Testing;

/// <summary>One row of a frame: an array of texts and numbers.</summary>
public sealed class FeedRow
{
    private readonly string _json;
    private readonly object[] _values;

    /// <summary>Reads a row that must have so many values.</summary>
    public FeedRow(JsonElement row, int width)
    {
        _json = row.GetRawText();
        _values = [.. row.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? (object)v.GetString()! : v.GetDouble())];
        if (_values.Length != width)
            Fault = $"{_values.Length} values instead of {width}: {_json}";
    }

    /// <summary>What is wrong with its shape, or null.</summary>
    public string? Fault { get; }

    /// <summary>The text at a place.</summary>
    public string Text(int at) => (string)_values[at];

    /// <summary>The whole number at a place.</summary>
    public long Number(int at) => (long)(double)_values[at];

    /// <summary>The number at a place.</summary>
    public double Real(int at) => (double)_values[at];

    /// <summary>The row as it came.</summary>
    public override string ToString() => _json;
}
