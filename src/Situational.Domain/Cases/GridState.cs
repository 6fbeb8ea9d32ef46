using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>What a grid's events fold to. Immutable.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="Version">Number of events folded in: the version the next append expects.</param>
/// <param name="LastCaseNumber">Number of the newest case that was opened here, 0 before the first.</param>
/// <param name="Open">Cases that are open and lie here, by id.</param>
/// <param name="LastReportAt">When the newest report was taken, UTC.</param>
public sealed record GridState(
    string Grid, long Version, int LastCaseNumber, ImmutableDictionary<string, Case> Open, DateTimeOffset? LastReportAt)
{
    /// <summary>Most entries of <see cref="Arrived"/>; the ones of cases that are no longer open go first.</summary>
    public const int MaxArrived = 20_000;

    /// <summary>Most entries of <see cref="SpotTimes"/>.</summary>
    public const int MaxSpotTimes = 256;

    /// <summary>What is on its way to other grids, by the case's id.</summary>
    public ImmutableDictionary<string, Handover> Outbound { get; init; } = ImmutableDictionary.Create<string, Handover>(StringComparer.Ordinal);

    /// <summary>
    /// Cases that came from other grids, by id, with how often each had moved then: a handover that comes twice is known. Of a case that joined
    /// one here it is <see cref="int.MaxValue"/>: it never comes again.
    /// </summary>
    public ImmutableDictionary<string, int> Arrived { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>When which unit fixed something on the spot here, newest last: many at once are marked.</summary>
    public ImmutableArray<SpotTime> SpotTimes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>A grid in which nothing has happened.</summary>
    public static GridState Empty(string grid) =>
        new(grid, 0, 0, ImmutableDictionary.Create<string, Case>(StringComparer.Ordinal), null);
}

/// <summary>A unit fixed something on the spot.</summary>
public readonly record struct SpotTime(string Unit, DateTimeOffset At);
