using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Situational.Domain.Journal;

namespace Situational.Grains.Tests.Support;

/// <summary>Sheets of coverage in memory, away or slow when told.</summary>
internal sealed class MemoryCoverage : ICoverageStore
{
    private int _loads;
    private int _failed;

    /// <summary>Every call fails as long as it is set.</summary>
    public volatile bool Away;

    /// <summary>Every call waits for this.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    /// <summary>What is stored.</summary>
    public ConcurrentDictionary<(string Grid, CoveragePeriod Period), CoverageSheet> Sheets { get; } = new();

    /// <summary>How often sheets were asked for.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>Calls that found it away.</summary>
    public int Failed => Volatile.Read(ref _failed);

    public async Task<IReadOnlyList<CoverageSheet>> LoadAsync(string grid, IReadOnlyList<CoveragePeriod> periods, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        await AnswerAsync();
        return [.. periods.Select(p => Sheets.GetValueOrDefault((grid, p))).OfType<CoverageSheet>()];
    }

    public async Task SaveAsync(IReadOnlyList<CoverageSheet> sheets, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        foreach (var sheet in sheets)
            Sheets[(sheet.Figure.Grid, sheet.Figure.Period)] = sheet;
    }

    public async IAsyncEnumerable<CoverageFigure> FiguresAsync(
        CoverageCadence cadence, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AnswerAsync();
        foreach (var sheet in Sheets.Values.Where(s => s.Figure.Period.Cadence == cadence && s.Figure.Period.First >= from && s.Figure.Period.First <= to))
            yield return sheet.Figure;
    }

    public Task<int> ForgetAsync(CoverageCadence cadence, DateOnly before, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No grain forgets.");

    private async Task AnswerAsync()
    {
        await Slow;
        if (!Away)
            return;
        Interlocked.Increment(ref _failed);
        throw new JournalUnavailableException("The test took the store away.");
    }
}
