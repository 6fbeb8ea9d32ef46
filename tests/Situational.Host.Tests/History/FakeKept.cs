using Situational.Domain.Journal;

namespace Situational.Host.Tests.History;

/// <summary>Stores of what is kept for some days, of which a test says how much of it is too old.</summary>
internal sealed class FakeKept : IPastStore, ITrailStore, ICoverageStore, IAlertStore
{
    private readonly Lock _gate = new();
    private readonly List<(string What, DateTimeOffset Before, int Most)> _asked = [];
    private readonly Dictionary<string, int> _left = [];

    /// <summary>Rows of each kind that are too old.</summary>
    public int Old { get; set; }

    /// <summary>Thrown instead of removing.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What was to be removed.</summary>
    public IReadOnlyList<(string What, DateTimeOffset Before, int Most)> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    Task<int> IPastStore.ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => ForgetAsync("cases", before, most);

    Task<int> ITrailStore.ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => ForgetAsync("points", before, most);

    Task<int> IAlertStore.ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => ForgetAsync("acknowledged", before, most);

    public Task<int> ForgetAsync(CoverageCadence cadence, DateOnly before, int most, CancellationToken cancellationToken) =>
        ForgetAsync(cadence.ToString(), new DateTimeOffset(before, TimeOnly.MinValue, TimeSpan.Zero), most);

    IAsyncEnumerable<PastCase> IPastStore.AtAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<PastCase> ChangesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DateTimeOffset?> KeptSinceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(IReadOnlyList<TrailPoint> points, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<TrailPoint>> OfUnitAsync(string unit, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<TrailPoint> AtAsync(DateTimeOffset at, DateTimeOffset notBefore, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<TrailPoint> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CoverageSheet>> LoadAsync(string grid, IReadOnlyList<CoveragePeriod> periods, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SaveAsync(IReadOnlyList<CoverageSheet> sheets, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CoverageFigure> FiguresAsync(CoverageCadence cadence, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<AlertAcknowledgement>> AcknowledgeAsync(
        IReadOnlyList<AlertAcknowledgement> acknowledged, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AlertAcknowledgement>> FindAsync(IReadOnlyList<string> acknowledged, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<AlertAcknowledgement>> SinceAsync(DateTimeOffset after, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private Task<int> ForgetAsync(string what, DateTimeOffset before, int most)
    {
        lock (_gate)
        {
            if (Fault is { } fault)
                throw fault;
            _asked.Add((what, before, most));
            var left = _left.GetValueOrDefault(what, Old);
            var gone = Math.Min(left, most);
            _left[what] = left - gone;
            return Task.FromResult(gone);
        }
    }
}
