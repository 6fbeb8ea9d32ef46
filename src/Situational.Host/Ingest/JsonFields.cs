using System.Text.Json;

namespace Situational.Host.Ingest;

/// <summary>The fields of one JSON object, read by name; what is wrong is noted under the field's path.</summary>
/// <param name="element">The object.</param>
/// <param name="path">Its own path with a dot at the end, or empty.</param>
/// <param name="errors">Where faults are noted.</param>
internal readonly struct JsonFields(JsonElement element, string path, Dictionary<string, string[]> errors)
{
    /// <summary>Notes a fault.</summary>
    public void Refuse(string name, string text) => errors.TryAdd(path + name, [text]);

    /// <summary>Visible text of one line, or null.</summary>
    public string? PlainText(string name, int maxLength, bool required)
    {
        if (!TryFind(name, required, out var value))
            return null;
        if (Text(value) is not { } text || text.Length > maxLength || !Ingest.PlainText.IsFit(text))
        {
            Refuse(name, $"Must be visible text of 1 to {maxLength} characters without control or format characters.");
            return null;
        }
        return text;
    }

    /// <summary>Text that may have lines, or null.</summary>
    public string? FreeText(string name, int maxLength, bool required)
    {
        if (!TryFind(name, required, out var value))
            return null;
        if (Text(value) is not { } text || text.Length > maxLength || string.IsNullOrWhiteSpace(text) || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            Refuse(name, $"Must be text of 1 to {maxLength} characters without control characters other than line breaks and tabs.");
            return null;
        }
        return text;
    }

    /// <summary>One of the words, or null.</summary>
    public string? OneOf(string name, IReadOnlyList<string> words, bool required = true)
    {
        if (!TryFind(name, required, out var value))
            return null;
        if (Text(value) is { } text && words.Contains(text, StringComparer.Ordinal))
            return text;
        Refuse(name, $"Must be one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>True or false; null when it is neither.</summary>
    public bool? Flag(string name)
    {
        if (!TryFind(name, required: true, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True;
        Refuse(name, "Must be true or false.");
        return null;
    }

    /// <summary>A number in a range, or null.</summary>
    public double? Number(string name, double min, double max, bool required = true)
    {
        if (!TryFind(name, required, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
            return number;
        Refuse(name, $"Must be a number from {min} to {max}.");
        return null;
    }

    /// <summary>A whole number in a range, or null when it is not given.</summary>
    public int? Whole(string name, int min, int max)
    {
        if (!TryFind(name, required: false, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;
        Refuse(name, $"Must be a whole number from {min} to {max}.");
        return null;
    }

    /// <summary>A time, UTC, or null when it is not given.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!TryFind(name, required: false, out var value))
            return null;
        if (Text(value) is { } text && Rfc3339.TryParse(text, out var time))
            return time;
        Refuse(name, "Must be a time as RFC 3339 writes it, with an offset, such as 2026-11-22T08:30:00+08:00.");
        return null;
    }

    /// <summary>Visible texts of one line each; empty when they are not given.</summary>
    public List<string> PlainTexts(string name, int maxCount, int maxLength)
    {
        var texts = new List<string>();
        if (Array(name, maxCount) is not { } array)
            return texts;
        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (Text(element) is { } text && text.Length <= maxLength && Ingest.PlainText.IsFit(text))
                texts.Add(text);
            else
                Refuse($"{name}[{index}]", $"Must be visible text of 1 to {maxLength} characters without control or format characters.");
            index++;
        }
        return texts;
    }

    /// <summary>The fields of an object, or null.</summary>
    public JsonFields? Object(string name, bool required)
    {
        if (!TryFind(name, required, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new JsonFields(value, path + name + ".", errors);
        Refuse(name, "Must be a JSON object.");
        return null;
    }

    /// <summary>An array of at most so many elements, or null.</summary>
    public JsonElement? Array(string name, int maxCount)
    {
        if (!TryFind(name, required: false, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= maxCount)
            return value;
        Refuse(name, $"Must be an array of at most {maxCount} elements.");
        return null;
    }

    /// <summary>The string, or null when it is none or holds lone surrogates.</summary>
    public static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool TryFind(string name, bool required, out JsonElement value)
    {
        if (element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
            return true;
        if (required)
            Refuse(name, "Is required.");
        return false;
    }
}
