using System.Globalization;

namespace Situational.Host.Api;

/// <summary>Query parameters, read by name; what is wrong is noted under the name.</summary>
internal readonly struct QueryFields(IQueryCollection query, Dictionary<string, string[]> errors)
{
    private const int MaxLength = 200;

    /// <summary>The text, or null when it is not given.</summary>
    public string? Text(string name)
    {
        var values = query[name];
        if (values.Count == 0)
            return null;
        if (values.Count == 1 && values[0] is { Length: > 0 and <= MaxLength } text)
            return text;
        errors.TryAdd(name, [$"Must be given once, with 1 to {MaxLength} characters."]);
        return null;
    }

    /// <summary>A whole number in a range, or null when it is not given.</summary>
    public int? Whole(string name, int min, int max)
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        errors.TryAdd(name, [$"Must be a whole number from {min} to {max}."]);
        return null;
    }

    /// <summary>True or false; false when it is not given.</summary>
    public bool Flag(string name) => OneOf(name, ["true", "false"]) == "true";

    /// <summary>One of the words, or null when it is not given.</summary>
    public string? OneOf(string name, IReadOnlyList<string> words)
    {
        if (Text(name) is not { } text)
            return null;
        if (words.Contains(text, StringComparer.Ordinal))
            return text;
        errors.TryAdd(name, [$"Must be one of {string.Join(", ", words)}."]);
        return null;
    }
}
