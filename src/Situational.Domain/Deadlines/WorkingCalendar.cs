using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Situational.Domain.Deadlines;

/// <summary>
/// When a city works: hours for each day of the week, holidays, and make-up working days (调休上班). Immutable; safe for many threads. It
/// remembers the sums of each year that it was asked about, a few kilobytes a year.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly WorkingInterval[][] _week = new WorkingInterval[7][];
    private readonly WorkingInterval[] _makeUpHours;
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly FrozenSet<DateOnly> _makeUpDays;
    private readonly ConcurrentDictionary<int, WorkingYear> _years = new();

    /// <summary>Makes a calendar.</summary>
    /// <param name="zone">Zone of the city.</param>
    /// <param name="week">Working hours of each day of the week, ascending and apart; a day without any, or absent, is free. One day at least has some.</param>
    /// <param name="makeUpHours">Working hours of a make-up day, likewise; not empty.</param>
    /// <param name="holidays">Days that are free whatever their day of the week.</param>
    /// <param name="makeUpDays">Days that are worked although their day of the week is free; none of them a holiday.</param>
    /// <param name="knownFrom">First day for which holidays and make-up days are known.</param>
    /// <param name="knownUntil">Last day for which they are known; later ones are taken by their day of the week.</param>
    /// <param name="source">Where holidays and make-up days are from.</param>
    /// <exception cref="ArgumentException">Hours or days are not as described.</exception>
    public WorkingCalendar(
        TimeZoneInfo zone, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> week, IReadOnlyList<WorkingInterval> makeUpHours,
        IEnumerable<DateOnly> holidays, IEnumerable<DateOnly> makeUpDays, DateOnly knownFrom, DateOnly knownUntil, string source)
    {
        for (var day = 0; day < 7; day++)
            _week[day] = week.TryGetValue((DayOfWeek)day, out var hours) ? [.. hours] : [];
        _makeUpHours = [.. makeUpHours];
        if (!_week.All(AreHours) || !AreHours(_makeUpHours))
            throw new ArgumentException("Working hours must be ascending, apart and within a day.", nameof(week));
        if (_week.All(hours => hours.Length == 0) || _makeUpHours.Length == 0)
            throw new ArgumentException("One day of the week at least must have working hours, and so must a make-up day.", nameof(week));
        _holidays = holidays.ToFrozenSet();
        _makeUpDays = makeUpDays.ToFrozenSet();
        if (_makeUpDays.Any(_holidays.Contains))
            throw new ArgumentException("A day is both holiday and make-up day.", nameof(makeUpDays));
        if (knownUntil < knownFrom)
            throw new ArgumentException("The last known day is before the first.", nameof(knownUntil));
        (Zone, Wall, KnownFrom, KnownUntil, Source) = (zone, new(zone), knownFrom, knownUntil, source);
    }

    /// <summary>Zone of the city.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>First day for which holidays and make-up days are known; before it only the day of the week counts.</summary>
    public DateOnly KnownFrom { get; }

    /// <summary>Last day for which holidays and make-up days are known; after it only the day of the week counts.</summary>
    public DateOnly KnownUntil { get; }

    /// <summary>Where holidays and make-up days are from.</summary>
    public string Source { get; }

    /// <summary>The clock on the wall of the zone.</summary>
    internal WallClock Wall { get; }

    /// <summary>Working hours of a day, ascending; empty when it is free.</summary>
    public ReadOnlySpan<WorkingInterval> HoursOf(DateOnly day) =>
        _makeUpDays.Contains(day) ? _makeUpHours : _holidays.Contains(day) ? [] : _week[(int)day.DayOfWeek];

    /// <summary>Whether holidays and make-up days of the local day of that instant are known. If not, a deadline there is a guess by the day of the week.</summary>
    public bool Knows(DateTimeOffset at)
    {
        var day = DayOf(at);
        return day >= KnownFrom && day <= KnownUntil;
    }

    /// <summary>The local day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(new DateTime(Wall.At(WallClock.Clamp(at.UtcTicks))));

    /// <summary>Whether the city works at that instant. At opening it does, at closing no more.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var utc = WallClock.Clamp(at.UtcTicks);
        var midnight = DayOf(at).DayNumber * TimeSpan.TicksPerDay;
        foreach (var hours in HoursOf(DayOf(at)))
            if (utc >= Wall.Earliest(midnight + hours.Opens.Ticks) && utc < Wall.Earliest(midnight + hours.Closes.Ticks))
                return true;
        return false;
    }

    /// <summary>The sums of a year.</summary>
    internal WorkingYear Year(int year) => _years.TryGetValue(year, out var known) ? known : _years.GetOrAdd(year, new WorkingYear(this, year));

    private static bool AreHours(WorkingInterval[] hours)
    {
        for (var i = 0; i < hours.Length; i++)
            if (!hours[i].IsValid() || i > 0 && hours[i].Opens < hours[i - 1].Closes)
                return false;
        return true;
    }
}
