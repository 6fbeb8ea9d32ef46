using Situational.Domain.Journal;
using Situational.Domain.Kpis;

namespace Situational.Host.Kpis;

/// <summary>
/// Works out figures, of all areas at once, and keeps them for half a minute: however many walls ask, the store is read once. Those who
/// ask while it is being read wait for the same outcome; one who goes away stops nothing. What failed is not kept. Safe for all threads.
/// </summary>
internal sealed partial class KpiDesk(
    ICaseRecords records, TerritoryTrees trees, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<KpiDesk> logger) : IDisposable
{
    /// <summary>How long figures are kept once they are there.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>Most periods whose figures are kept or worked out.</summary>
    public const int MaxKept = 16;

    /// <summary>Most cases that are read for one period.</summary>
    public const int MaxCases = 2_000_000;

    /// <summary>Most versions of the territory that one period's cases may name; cases of others are unplaced.</summary>
    public const int MaxVersions = 64;

    private const int AtOnce = 2;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<KpiAsk, Work> _works = [];
    private readonly SemaphoreSlim _atOnce = new(AtOnce, AtOnce);

    /// <summary>The figures of a period.</summary>
    /// <exception cref="JournalUnavailableException">The store is away.</exception>
    /// <exception cref="TimeoutException">It took too long, or too many others are asked for.</exception>
    /// <exception cref="TooManyCasesException">The period holds more than <see cref="MaxCases"/>.</exception>
    public Task<DatedSheet> SheetAsync(KpiAsk ask, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_works.TryGetValue(ask, out var known) && known.Holds(time))
                return known.Outcome.WaitAsync(cancellationToken);
            foreach (var (old, work) in _works)
                if (!work.Holds(time))
                    _works.Remove(old);
            if (_works.Count >= MaxKept)
            {
                var done = _works.Where(w => w.Value.Outcome.IsCompleted).Select(w => (KpiAsk?)w.Key).FirstOrDefault()
                    ?? throw new TimeoutException("Figures of too many periods are being worked out.");
                _works.Remove(done);
            }
            var begun = new Work();
            begun.Outcome = Task.Run(() => WorkOutAsync(ask, begun));
            _works[ask] = begun;
            return begun.Outcome.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _atOnce.Dispose();

    private async Task<DatedSheet> WorkOutAsync(KpiAsk ask, Work work)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping);
        try
        {
            await _atOnce.WaitAsync(both.Token);
            try
            {
                var begun = time.GetTimestamp();
                var now = time.GetUtcNow();
                var sheet = await CountAsync(ask.Period(now), both.Token);
                LogWorkedOut(sheet.Period.From, sheet.Period.Until, time.GetElapsedTime(begun).TotalMilliseconds);
                work.DoneAt = time.GetTimestamp();
                return new(sheet, now);
            }
            finally
            {
                _atOnce.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("Working out the figures took too long.");
        }
    }

    private async Task<KpiSheet> CountAsync(KpiPeriod period, CancellationToken cancellationToken)
    {
        var count = new KpiCount(period);
        var known = new Dictionary<int, AreaTree?>();
        var cases = 0;
        await foreach (var fact in records.FactsAsync(period.From, period.Until, cancellationToken))
        {
            if (++cases > MaxCases)
                throw new TooManyCasesException(MaxCases);
            if (!known.TryGetValue(fact.TerritoryVersion, out var tree) && known.Count < MaxVersions)
                known.Add(fact.TerritoryVersion, tree = await trees.FindAsync(fact.TerritoryVersion, cancellationToken));
            count.Add(fact, tree);
        }
        return count.ToSheet();
    }

    [LoggerMessage(1, LogLevel.Debug, "Figures from {From} until {Until} worked out in {Milliseconds} ms")]
    private partial void LogWorkedOut(DateTimeOffset from, DateTimeOffset until, double milliseconds);

    private sealed class Work
    {
        public Task<DatedSheet> Outcome { get; set; } = null!;

        /// <summary>When it succeeded, on the steady clock.</summary>
        public long? DoneAt { get; set; }

        public bool Holds(TimeProvider time) =>
            !Outcome.IsCompleted || (Outcome.IsCompletedSuccessfully && time.GetElapsedTime(DoneAt!.Value) < Kept);
    }
}

/// <summary>Figures and the time they are of.</summary>
/// <param name="Sheet">The figures.</param>
/// <param name="AsOf">When they were begun.</param>
internal sealed record DatedSheet(KpiSheet Sheet, DateTimeOffset AsOf);

/// <summary>A period holds more cases than figures are worked out of.</summary>
internal sealed class TooManyCasesException(int most) : Exception($"The period holds more than {most} cases.");
