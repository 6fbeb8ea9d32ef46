using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>
/// Works out what a time slider shows, and keeps it for half a minute: however many pages ask for the same span, the store is read once. Those
/// who ask while it is being read wait for the same outcome. What failed is not kept. Safe for all threads.
/// </summary>
internal sealed class MarksDesk(IPastStore past, TerritoriesThen territories, PastRules rules, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Longest span.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Most marks of one answer.</summary>
    public const int MostMarks = 500;

    /// <summary>Most buckets of one answer.</summary>
    public const int MostBuckets = 240;

    private const int MaxKept = 16;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30), LongestWork = TimeSpan.FromMinutes(1);
    private static readonly int[] BucketLengths = [10, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Area, DateTimeOffset From, DateTimeOffset To), Work> _works = [];

    /// <summary>The marks of a span.</summary>
    /// <exception cref="PastRefusedException">There was no such area.</exception>
    /// <exception cref="TimeoutException">It took too long, or too many others are worked out.</exception>
    public Task<HistoryMarksAnswer> OfAsync(string area, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var ask = (area, from, to);
            if (_works.TryGetValue(ask, out var known) && known.Holds(time))
                return known.Outcome.WaitAsync(cancellationToken);
            foreach (var (old, work) in _works)
                if (!work.Holds(time))
                    _works.Remove(old);
            if (_works.Count >= MaxKept)
                _works.Remove(OldestDone() ?? throw new TimeoutException("Marks of too many spans are asked for at once."));
            var begun = new Work { BegunAt = time.GetTimestamp() };
            begun.Outcome = Task.Run(() => WorkOutAsync(area, from, to));
            _works[ask] = begun;
            return begun.Outcome.WaitAsync(cancellationToken);
        }
    }

    private (string Area, DateTimeOffset From, DateTimeOffset To)? OldestDone()
    {
        (string Area, DateTimeOffset From, DateTimeOffset To)? oldest = null;
        foreach (var (ask, work) in _works)
            if (work.Outcome.IsCompleted && (oldest is not { } before || work.BegunAt < _works[before].BegunAt))
                oldest = ask;
        return oldest;
    }

    private async Task<HistoryMarksAnswer> WorkOutAsync(string area, DateTimeOffset from, DateTimeOffset to)
    {
        using var limit = new CancellationTokenSource(LongestWork, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping);
        try
        {
            return await CountAsync(area, from, to, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("Working out the marks took too long.");
        }
    }

    private async Task<HistoryMarksAnswer> CountAsync(string area, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // A span that ends now ends with the last full second: what came into force since then counts, too.
        var grids = await territories.GridsAsync(area, from, to.AddSeconds(1), cancellationToken)
            ?? throw new PastRefusedException(StatusCodes.Status400BadRequest, "area", "Is no area of a territory that was in force in that span.");
        var since = await past.KeptSinceAsync(cancellationToken);
        var seconds = BucketSeconds(to - from);
        var buckets = new int[(int)Math.Ceiling((to - from).TotalSeconds / seconds)][];
        for (var i = 0; i < buckets.Length; i++)
            buckets[i] = new int[3];
        var marks = new Weightiest(MostMarks);
        var ledger = new PastLedger(rules, happened =>
        {
            if (!grids.Contains(happened.Case.Grid) || happened.At < from || happened.At >= to)
                return;
            if (BucketOf(happened.Kind) is >= 0 and var kind)
                buckets[Math.Min(buckets.Length - 1, (int)((happened.At - from).TotalSeconds / seconds))][kind]++;
            marks.Offer(happened);
        });
        if (since is { } known && known < to)
        {
            // What came with the first moment that is kept is told, too.
            var begin = from > known ? from : known.AddTicks(-1);
            await foreach (var one in past.AtAsync(begin, cancellationToken))
                ledger.Begin(one);
            await foreach (var row in past.ChangesAsync(begin, to, cancellationToken))
                ledger.Take(row);
            ledger.End(to);
        }
        return new HistoryMarksAnswer(area, from, to, since, seconds, buckets, marks.ToRows(), marks.Truncated ? true : null);
    }

    private static int BucketSeconds(TimeSpan span)
    {
        foreach (var length in BucketLengths)
            if (span.TotalSeconds <= (double)length * MostBuckets)
                return length;
        return BucketLengths[^1];
    }

    private static int BucketOf(string kind) => kind switch
    {
        EventKind.Reported or EventKind.Reopened => 0,
        EventKind.Closed or EventKind.Rejected or EventKind.Merged => 1,
        EventKind.Overdue => 2,
        _ => -1,
    };

    /// <summary>The weightiest happenings, and of those that weigh the same the newest.</summary>
    private sealed class Weightiest(int most)
    {
        private readonly PriorityQueue<PastHappening, (int Weight, DateTimeOffset At)> _kept = new();

        public bool Truncated { get; private set; }

        public void Offer(in PastHappening happened)
        {
            var weight = WeightOf(happened);
            if (weight == 0)
                return;
            if (_kept.Count < most)
            {
                _kept.Enqueue(happened, (weight, happened.At));
                return;
            }
            Truncated = true;
            _kept.EnqueueDequeue(happened, (weight, happened.At));
        }

        public object[][] ToRows() =>
        [
            .. _kept.UnorderedItems.Select(i => i.Element).OrderBy(h => h.At).ThenBy(h => h.Case.Id, StringComparer.Ordinal).Select(
                h => new object[] { h.At.ToUnixTimeMilliseconds(), h.Kind, h.Case.Id, h.Case.Grid, (int)h.Case.Severity }),
        ];

        private static int WeightOf(in PastHappening happened)
        {
            var kind = happened.Kind switch
            {
                EventKind.Reported or EventKind.Reopened => happened.Case.Severity == Severity.Red ? 16 : 0,
                EventKind.Whistle => 12,
                EventKind.OverdueTwice => 8,
                EventKind.Escalated => 4,
                _ => 0,
            };
            return kind == 0 ? 0 : kind + (Severity.Blue - happened.Case.Severity);
        }
    }

    private sealed class Work
    {
        public Task<HistoryMarksAnswer> Outcome { get; set; } = null!;

        public required long BegunAt { get; init; }

        public bool Holds(TimeProvider time) =>
            !Outcome.IsCompleted || (Outcome.IsCompletedSuccessfully && time.GetElapsedTime(BegunAt) < Kept);
    }
}
