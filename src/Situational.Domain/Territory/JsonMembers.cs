using System.Text.Json;

namespace Situational.Domain.Territory;

/// <summary>The members of a JSON object that a reader knows, found in one pass that notices one given twice.</summary>
internal readonly struct JsonMembers
{
    private readonly JsonElement?[] _values;

    public JsonMembers(JsonElement element, ReadOnlySpan<string> names)
    {
        _values = new JsonElement?[names.Length];
        Twice = null;
        foreach (var property in element.EnumerateObject())
            for (var i = 0; i < names.Length; i++)
                if (property.NameEquals(names[i]))
                {
                    if (_values[i] is not null)
                        Twice ??= names[i];
                    _values[i] = property.Value;
                    break;
                }
    }

    /// <summary>The first name that is given twice, or null.</summary>
    public string? Twice { get; }

    /// <summary>The member of that place among the names, or null if it is absent.</summary>
    public JsonElement? this[int name] => _values[name];
}

/// <summary>Words about JSON.</summary>
internal static class JsonText
{
    public static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
