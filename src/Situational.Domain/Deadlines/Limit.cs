using System.Globalization;

namespace Situational.Domain.Deadlines;

/// <summary>How long something may take. Written as amount and unit: <c>4 working-hours</c>, <c>1 working-day</c>.</summary>
/// <param name="Amount">From <see cref="MinAmount"/> to <see cref="MaxAmount"/>.</param>
/// <param name="Unit">What is counted.</param>
public readonly record struct Limit(int Amount, LimitUnit Unit)
{
    /// <summary>Smallest and greatest amount.</summary>
    public const int MinAmount = 1, MaxAmount = 100_000;

    /// <summary>Whether amount and unit are within bounds.</summary>
    public bool IsValid() => Amount is >= MinAmount and <= MaxAmount && NameOf(Unit) is not null;

    /// <summary>The written form; what is out of bounds is written all the same, for a message.</summary>
    public override string ToString()
    {
        var unit = NameOf(Unit) ?? "units";
        return string.Create(CultureInfo.InvariantCulture, $"{Amount} {(Amount == 1 ? unit[..^1] : unit)}");
    }

    /// <summary>
    /// Reads the written form: digits, one space, and <c>minutes</c>, <c>working-hours</c>, <c>working-days</c> or <c>calendar-days</c>, with or
    /// without the final s. False for anything else and for an amount out of bounds.
    /// </summary>
    public static bool TryParse(string? text, out Limit limit)
    {
        limit = default;
        if (text?.IndexOf(' ') is not (> 0 and var space)
            || !int.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            || UnitOf(text.AsSpan(space + 1)) is not { } unit
            || new Limit(amount, unit) is var read && !read.IsValid())
            return false;
        limit = read;
        return true;
    }

    private static string? NameOf(LimitUnit unit) => unit switch
    {
        LimitUnit.Minutes => "minutes",
        LimitUnit.WorkingHours => "working-hours",
        LimitUnit.WorkingDays => "working-days",
        LimitUnit.CalendarDays => "calendar-days",
        _ => null,
    };

    private static LimitUnit? UnitOf(ReadOnlySpan<char> name) => name switch
    {
        "minutes" or "minute" => LimitUnit.Minutes,
        "working-hours" or "working-hour" => LimitUnit.WorkingHours,
        "working-days" or "working-day" => LimitUnit.WorkingDays,
        "calendar-days" or "calendar-day" => LimitUnit.CalendarDays,
        _ => null,
    };
}
