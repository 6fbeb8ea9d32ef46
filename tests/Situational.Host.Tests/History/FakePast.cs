using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Host.Tests.History;

/// <summary>A past of cases and trails that a test writes, in memory.</summary>
internal sealed class FakePast : IPastStore, ITrailStore
{
    /// <summary>Rows in the order of their time.</summary>
    public List<PastCase> Rows { get; } = [];

    /// <summary>Points in the order of their time.</summary>
    public List<TrailPoint> Points { get; } = [];

    /// <summary>Since when the past is kept; null for nothing.</summary>
    public DateTimeOffset? KeptSince { get; set; }

    /// <summary>Thrown instead of anything.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What was to be forgotten: before when, and how many at most.</summary>
    public List<(DateTimeOffset Before, int Most)> Forgotten { get; } = [];

    /// <summary>The last row of each case that was open then.</summary>
    public IEnumerable<PastCase> OpenAt(DateTimeOffset at) =>
        Rows.Where(r => r.From <= at).GroupBy(r => r.Id).Select(g => g.Last()).Where(r => r.Stage.IsOpen());

    public Task<DateTimeOffset?> KeptSinceAsync(CancellationToken cancellationToken) => Fault is { } fault ? throw fault : Task.FromResult(KeptSince);

    IAsyncEnumerable<PastCase> IPastStore.AtAsync(DateTimeOffset at, CancellationToken cancellationToken) => OpenAt(at).ToAsyncEnumerable();

    public IAsyncEnumerable<PastCase> ChangesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Rows.Where(r => r.From > from && r.From <= to).ToAsyncEnumerable();

    public IAsyncEnumerable<TrailPoint> AtAsync(DateTimeOffset at, DateTimeOffset notBefore, CancellationToken cancellationToken) =>
        Points.Where(p => p.At >= notBefore && p.At <= at).GroupBy(p => p.Unit).Select(g => g.Last()).ToAsyncEnumerable();

    public IAsyncEnumerable<TrailPoint> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Points.Where(p => p.At > from && p.At <= to).ToAsyncEnumerable();

    public Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
            throw fault;
        Forgotten.Add((before, most));
        var gone = Math.Min(most, Rows.Count(r => r.From < before));
        Rows.RemoveRange(0, gone);
        return Task.FromResult(gone);
    }

    public Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<TrailPoint>> OfUnitAsync(
        string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken) => throw new NotSupportedException();
}
