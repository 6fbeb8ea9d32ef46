using System.Globalization;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary>Query parameters, read by name; what is wrong is noted under the name.</summary>
internal readonly struct QueryFields(IQueryCollection query, Dictionary<string, string[]> errors)
{
    private const int MaxLength = 200;

    /// <summary>The text, or null when it is not given.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="maxLength">Most characters.</param>
    public string? Text(string name, int maxLength = MaxLength)
    {
        var values = query[name];
        if (values.Count == 0)
            return null;
        if (values.Count == 1 && values[0] is { Length: > 0 } text && text.Length <= maxLength && !text.Any(char.IsControl))
            return text;
        errors.TryAdd(name, [$"Must be given once, with 1 to {maxLength} characters, none of them a control character."]);
        return null;
    }

    /// <summary>A time, UTC, or null when it is not given.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        // an offset's plus that nobody escaped arrives as a space
        if (text.Length > 6 && text[^6] == ' ')
            text = string.Concat(text.AsSpan(0, text.Length - 6), "+", text.AsSpan(text.Length - 5));
        if (Rfc3339.TryParse(text, out DateTimeOffset time))
            return time;
        errors.TryAdd(name, ["Must be a time as RFC 3339 writes it, with an offset, such as 2026-11-22T08:30:00+08:00."]);
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

    /// <summary>A coordinate in degrees; it must be given.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="most">Largest value, and smallest with a minus.</param>
    public double? Degrees(string name, int most)
    {
        if (query.ContainsKey(name) && Text(name) is { } text
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
            && Math.Abs(degrees) <= most)
            return degrees;
        errors.TryAdd(name, [$"Must be given: decimal degrees from -{most} to {most}, WGS-84."]);
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
