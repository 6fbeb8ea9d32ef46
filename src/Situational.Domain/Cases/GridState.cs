using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>What a grid's events fold to. Immutable.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="Version">Number of events folded in: the version the next append expects.</param>
/// <param name="LastCaseNumber">Number of the newest case, 0 before the first.</param>
/// <param name="Open">Cases that are not closed, by id.</param>
/// <param name="LastReportAt">When the newest report was taken, UTC.</param>
public sealed record GridState(
    string Grid, long Version, int LastCaseNumber, ImmutableDictionary<string, Case> Open, DateTimeOffset? LastReportAt)
{
    /// <summary>A grid in which nothing has happened.</summary>
    public static GridState Empty(string grid) =>
        new(grid, 0, 0, ImmutableDictionary.Create<string, Case>(StringComparer.Ordinal), null);
}
