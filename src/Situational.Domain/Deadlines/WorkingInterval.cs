using System.Globalization;

namespace Situational.Domain.Deadlines;

/// <summary>A stretch of working time within one day, by the clock on the wall. Written <c>09:00-12:00</c>.</summary>
/// <param name="Opens">Time of day, from 00:00.</param>
/// <param name="Closes">Time of day, later than <paramref name="Opens"/>, at most 24:00.</param>
public readonly record struct WorkingInterval(TimeSpan Opens, TimeSpan Closes)
{
    /// <summary>Whether it lies within one day and is not empty.</summary>
    public bool IsValid() => Opens >= TimeSpan.Zero && Closes > Opens && Closes <= TimeSpan.FromHours(24);

    /// <summary>The written form, in hours and minutes.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(int)Opens.TotalHours:00}:{Opens.Minutes:00}-{(int)Closes.TotalHours:00}:{Closes.Minutes:00}");

    /// <summary>Reads the written form: two times of day of five characters with a hyphen between; the second may be <c>24:00</c>.</summary>
    public static bool TryParse(string? text, out WorkingInterval interval)
    {
        interval = default;
        if (text is not { Length: 11 } || text[5] != '-' || !TryTime(text.AsSpan(0, 5), out var opens) || !TryTime(text.AsSpan(6), out var closes))
            return false;
        interval = new(opens, closes);
        return interval.IsValid();
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        if (text[2] != ':'
            || !int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59)
            return false;
        time = new(hours, minutes, 0);
        return true;
    }
}
