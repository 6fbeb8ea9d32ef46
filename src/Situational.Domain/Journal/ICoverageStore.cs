namespace Situational.Domain.Journal;

/// <summary>
/// Which parts of grids were walked, by day, month and quarter. What was walked in the last 10 s may be lost with the process.
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface ICoverageStore
{
    /// <summary>The sheets of a grid for these periods, those that there are.</summary>
    Task<IReadOnlyList<CoverageSheet>> LoadAsync(string grid, IReadOnlyList<CoveragePeriod> periods, CancellationToken cancellationToken);

    /// <summary>Keeps sheets, each in the place of what was kept of its grid and period.</summary>
    Task SaveAsync(IReadOnlyList<CoverageSheet> sheets, CancellationToken cancellationToken);

    /// <summary>The figures of every sheet of a cadence whose first day is from <paramref name="from"/> up to and including <paramref name="to"/>, in any order.</summary>
    IAsyncEnumerable<CoverageFigure> FiguresAsync(CoverageCadence cadence, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Removes sheets of a cadence from before a day, at most <paramref name="most"/> at once, and returns how many went.</summary>
    Task<int> ForgetAsync(CoverageCadence cadence, DateOnly before, int most, CancellationToken cancellationToken);
}

/// <summary>How often an area is to be walked. The numbers are stored.</summary>
public enum CoverageCadence
{
    /// <summary>日常: every day.</summary>
    Daily = 1,

    /// <summary>重点: every month.</summary>
    Monthly = 2,

    /// <summary>全面: every quarter.</summary>
    Quarterly = 3,
}

/// <summary>A day, month or quarter of the city's time zone.</summary>
/// <param name="Cadence">Which of them.</param>
/// <param name="First">Its first day.</param>
public readonly record struct CoveragePeriod(CoverageCadence Cadence, DateOnly First);

/// <summary>How much of a grid was walked in a period.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="Period">The period.</param>
/// <param name="WalkableSquareMeters">Area that can be walked.</param>
/// <param name="WalkedSquareMeters">The part of it that was.</param>
public readonly record struct CoverageFigure(string Grid, CoveragePeriod Period, double WalkableSquareMeters, double WalkedSquareMeters);

/// <summary>What was walked of a grid in a period: its figure, and the cells that it is counted from.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Frame">Which ground the cells stand for, as the domain writes it; cells of another frame cannot be compared.</param>
/// <param name="Cells">One bit a cell, 1 for walked.</param>
public sealed record CoverageSheet(CoverageFigure Figure, string Frame, ReadOnlyMemory<byte> Cells);
