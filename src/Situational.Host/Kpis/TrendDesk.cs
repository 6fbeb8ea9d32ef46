using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Kpis;

namespace Situational.Host.Kpis;

/// <summary>
/// Counts by hour what came and what was closed in the last 24 hours, of all areas at once, and keeps it for a minute: however many walls
/// ask, the store is read once. Safe for all threads.
/// </summary>
internal sealed class TrendDesk(ICaseRecords records, TerritoryTrees trees, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Hours that are counted, the running one among them.</summary>
    public const int Hours = 24;

    /// <summary>How long counts are kept once they are there.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Task<TrendSheet>? _work;
    private long _doneAt;

    /// <summary>The counts.</summary>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public Task<TrendSheet> SheetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_work is null || (_work.IsCompleted && !(_work.IsCompletedSuccessfully && time.GetElapsedTime(_doneAt) < Kept)))
                _work = Task.Run(CountAsync, CancellationToken.None);
            return _work.WaitAsync(cancellationToken);
        }
    }

    private async Task<TrendSheet> CountAsync()
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping);
        try
        {
            var now = time.GetUtcNow();
            var sheet = new TrendSheet(now);
            var known = new Dictionary<int, AreaTree?>();
            await foreach (var fact in records.FactsAsync(sheet.From, now, both.Token))
            {
                if (!known.TryGetValue(fact.TerritoryVersion, out var tree))
                    known.Add(fact.TerritoryVersion, tree = await trees.FindAsync(fact.TerritoryVersion, both.Token));
                // Of a version that is not kept nobody knows what lay where.
                if (tree is not null)
                    sheet.Add(fact, tree);
            }
            _doneAt = time.GetTimestamp();
            return sheet;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("Counting the trend took too long.");
        }
    }
}

/// <summary>What came and what was closed, by area and hour. Filled by one, then only read.</summary>
internal sealed class TrendSheet(DateTimeOffset asOf)
{
    private static readonly int[] Nothing = new int[TrendDesk.Hours];

    private readonly Dictionary<string, (int[] Reported, int[] Closed)> _areas = new(StringComparer.Ordinal);

    /// <summary>When the counting began.</summary>
    public DateTimeOffset AsOf => asOf;

    /// <summary>Begin of the first hour.</summary>
    public DateTimeOffset From { get; } =
        new DateTimeOffset(asOf.UtcDateTime.Date.AddHours(asOf.UtcDateTime.Hour), TimeSpan.Zero).AddHours(1 - TrendDesk.Hours);

    /// <summary>The counts of an area.</summary>
    public (IReadOnlyList<int> Reported, IReadOnlyList<int> Closed) Of(string area) =>
        _areas.TryGetValue(area, out var counts) ? counts : (Nothing, Nothing);

    /// <summary>Counts a case in its grid and all above it.</summary>
    public void Add(CaseFact fact, AreaTree tree)
    {
        var reported = HourOf(fact.ReportedAt);
        var closed = fact is { Stage: Stage.Closed, EndedAt: { } ended } ? HourOf(ended) : -1;
        if (reported < 0 && closed < 0)
            return;
        for (var area = fact.Grid; area is not null; area = tree.ParentOf(area))
        {
            if (!_areas.TryGetValue(area, out var counts))
                _areas.Add(area, counts = (new int[TrendDesk.Hours], new int[TrendDesk.Hours]));
            if (reported >= 0)
                counts.Reported[reported]++;
            if (closed >= 0)
                counts.Closed[closed]++;
        }
    }

    private int HourOf(DateTimeOffset at)
    {
        var hour = at < From ? -1 : (int)Math.Min((at - From).TotalHours, int.MaxValue);
        return hour < TrendDesk.Hours ? hour : -1;
    }
}
