using System.Runtime.CompilerServices;
using Situational.Domain.Journal;

namespace Situational.Host.Tests.Coverage;

/// <summary>A store of coverage that a test fills, holds up and breaks; keeps what figures were asked for.</summary>
internal sealed class FakeCoverage : ICoverageStore
{
    private readonly Lock _gate = new();
    private readonly List<(DateOnly From, DateOnly To)> _asked = [];

    /// <summary>What is found.</summary>
    public List<CoverageSheet> Sheets { get; } = [];

    /// <summary>Awaited before the first figure; null for no wait.</summary>
    public Task? Hold { get; set; }

    /// <summary>Thrown instead of figures.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The stretches of days that were asked for.</summary>
    public IReadOnlyList<(DateOnly From, DateOnly To)> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    /// <summary>Says that a share of a grid of 100 m² was walked.</summary>
    public void Walk(string grid, CoveragePeriod period, double share) =>
        Sheets.Add(new(new(grid, period, 100, share * 100), "", default));

    public async IAsyncEnumerable<CoverageFigure> FiguresAsync(
        CoverageCadence cadence, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (_gate)
            _asked.Add((from, to));
        if (Hold is { } hold)
            await hold.WaitAsync(cancellationToken);
        if (Fault is { } fault)
            throw fault;
        foreach (var (figure, _, _) in Sheets)
            if (figure.Period.Cadence == cadence && figure.Period.First >= from && figure.Period.First <= to)
                yield return figure;
    }

    public Task<IReadOnlyList<CoverageSheet>> LoadAsync(string grid, IReadOnlyList<CoveragePeriod> periods, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CoverageSheet>>([.. Sheets.Where(s => s.Figure.Grid == grid && periods.Contains(s.Figure.Period))]);

    public Task SaveAsync(IReadOnlyList<CoverageSheet> sheets, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> ForgetAsync(CoverageCadence cadence, DateOnly before, int most, CancellationToken cancellationToken) => throw new NotSupportedException();
}
