using System.Globalization;
using System.Text.Json;

namespace Situational.Domain.Configuration;

/// <summary>
/// One JSON object of a file of configuration, read member by member. What is absent or wrong goes to the file's faults with its path, and
/// the reading goes on with a stand-in, so that all faults are found in one pass.
/// </summary>
internal readonly struct ConfigurationNode(ConfigurationFile file, string path, JsonElement element)
{
    public string Path => path;

    public void Refuse(string member, string reason, string text) => file.Refuse(PathOf(member), reason, text);

    /// <summary>Refuses every member whose name is not among these; a misspelt field would otherwise be a silent default.</summary>
    public void Knows(params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
            if (!names.Contains(member.Name))
            {
                var name = Codes.Shown(member.Name);
                Refuse(name, "unknown-field", $"{PathOf(name)} is unknown; known are {string.Join(", ", names!)}.");
            }
    }

    /// <summary>The member, or null if it is absent or null.</summary>
    public JsonElement? Find(string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether the member is there and says null.</summary>
    public bool IsNull(string member) => element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>A text of 1 to <paramref name="max"/> characters without control characters, not blank.</summary>
    public string Text(string member, int max)
    {
        if (Find(member) is not { ValueKind: JsonValueKind.String } value)
            return Wrong(member, $"must be a text of 1 to {max} characters");
        var text = value.GetString()!;
        return text.Length > max || string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)
            ? Wrong(member, $"must be a text of 1 to {max} characters, not blank and without control characters")
            : text;
    }

    /// <summary>A whole number; absent, the default.</summary>
    public int Whole(string member, int min, int max, int absent)
    {
        if (Find(member) is not { } value)
            return absent;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : Missing(member, absent, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min:N0} to {max:N0}"));
    }

    /// <summary>A number; absent, the default.</summary>
    public double Number(string member, double min, double max, double absent)
    {
        if (Find(member) is not { } value)
            return absent;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max
            ? number
            : Missing(member, absent, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min:N0} to {max:N0}"));
    }

    /// <summary>True or false; absent, the default.</summary>
    public bool Flag(string member, bool absent)
    {
        if (Find(member) is not { } value)
            return absent;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Missing(member, absent, "must be true or false");
    }

    /// <summary>A day, as <c>2026-02-28</c>.</summary>
    public DateOnly Day(string member)
    {
        return Find(member) is { ValueKind: JsonValueKind.String } value && TryDay(value.GetString(), out var day)
            ? day
            : Missing(member, new DateOnly(2000, 1, 1), "must be a day as 2026-02-28, in the years 1970 to 9000");
    }

    /// <summary>A member that is an object; null and a fault if it is not, unless it may be absent.</summary>
    public ConfigurationNode? Object(string member, bool mayBeAbsent = false)
    {
        if (Find(member) is { ValueKind: JsonValueKind.Object } value)
            return new(file, PathOf(member), value);
        if (!mayBeAbsent || Find(member) is not null)
            Wrong(member, "must be an object");
        return null;
    }

    /// <summary>The objects of a member that is an array; what is none is a fault.</summary>
    public List<ConfigurationNode> Objects(string member, int min, int max)
    {
        var nodes = new List<ConfigurationNode>();
        foreach (var (at, value) in Items(member, min, max))
            if (value.ValueKind == JsonValueKind.Object)
                nodes.Add(new(file, at, value));
            else
                file.Refuse(at, "wrong-type", $"{at} must be an object.");
        return nodes;
    }

    /// <summary>The texts of a member that is an array, with their paths; what is none is a fault.</summary>
    public List<(string Path, string Text)> Texts(string member, int min, int max)
    {
        var texts = new List<(string, string)>();
        foreach (var (at, value) in Items(member, min, max))
            if (value.ValueKind == JsonValueKind.String)
                texts.Add((at, value.GetString()!));
            else
                file.Refuse(at, "wrong-type", $"{at} must be a text.");
        return texts;
    }

    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1970 and <= 9000;

    public void RefuseAt(string at, string reason, string text) => file.Refuse(at, reason, text);

    private List<(string Path, JsonElement Value)> Items(string member, int min, int max)
    {
        var items = new List<(string, JsonElement)>();
        if (Find(member) is not { } value)
        {
            if (min > 0)
                Wrong(member, string.Create(CultureInfo.InvariantCulture, $"must be an array of {min:N0} to {max:N0}"));
            return items;
        }
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < min || value.GetArrayLength() > max)
        {
            Wrong(member, string.Create(CultureInfo.InvariantCulture, $"must be an array of {min:N0} to {max:N0}"));
            return items;
        }
        foreach (var item in value.EnumerateArray())
            items.Add(($"{PathOf(member)}[{items.Count}]", item));
        return items;
    }

    private string PathOf(string member) => path.Length == 0 ? member : $"{path}.{member}";

    private string Wrong(string member, string rule) => Missing(member, "", rule);

    private T Missing<T>(string member, T standIn, string rule)
    {
        var absent = Find(member) is null;
        Refuse(member, absent ? "missing" : "out-of-bounds", $"{PathOf(member)} {(absent ? "is missing; it " : "")}{rule}.");
        return standIn;
    }
}
