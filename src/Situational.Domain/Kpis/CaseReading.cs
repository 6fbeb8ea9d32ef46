using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Domain.Kpis;

/// <summary>What one case adds to the figures of a period. Used again for the next case, so that reading a hundred thousand allocates nothing.</summary>
internal sealed class CaseReading
{
    private readonly int[] _numerators = new int[KpiKeys.Rates.Length];
    private readonly int[] _denominators = new int[KpiKeys.Rates.Length];

    /// <summary>How many the case adds to each rate's numerator.</summary>
    public ReadOnlySpan<int> Numerators => _numerators;

    /// <summary>How many the case adds to each rate's denominator.</summary>
    public ReadOnlySpan<int> Denominators => _denominators;

    /// <summary>The stays and whole times that ended in the period.</summary>
    public List<(KpiTime Time, int Seconds)> Times { get; } = [];

    /// <summary>Whether the case counts: it was open at some time in the period.</summary>
    public bool Counts { get; private set; }

    /// <summary>Whether it would count, but stands rejected or merged.</summary>
    public bool Excluded { get; private set; }

    /// <summary>Reads a case.</summary>
    public void Read(CaseFact fact, KpiPeriod period)
    {
        Array.Clear(_numerators);
        Array.Clear(_denominators);
        Times.Clear();
        // A case that ended at the period's first instant ended in it.
        var meets = fact.ReportedAt < period.Until && (fact.EndedAt is null || fact.EndedAt >= period.From);
        Excluded = meets && fact.Stage is Stage.Rejected or Stage.Merged;
        Counts = meets && !Excluded;
        if (!Counts)
            return;
        ReadClosing(fact, period);
        ReadPath(fact, period);
        ReadSpot(fact, period);
        if (!fact.Whistles.IsDefaultOrEmpty)
            foreach (var muster in fact.Whistles)
                if (period.Has(muster.NotifiedAt))
                    Read(muster);
    }

    private void ReadClosing(CaseFact fact, KpiPeriod period)
    {
        var closedAt = fact.Stage == Stage.Closed ? fact.EndedAt : null;
        if (fact.DueAt is { } limit && !fact.Suspended)
        {
            var inTime = closedAt < limit;
            if (period.Has(inTime ? closedAt!.Value : limit))
            {
                Count(KpiRate.Closing, closedAt < period.Until);
                Count(KpiRate.OnTimeClosing, inTime);
            }
        }
        if (closedAt is not { } closed || !period.Has(closed))
            return;
        if (fact.HandIns > 0 || fact.OnTheSpot)
            Count(KpiRate.Rework, fact.Reworks > 0);
        Times.Add((KpiTime.Whole, Seconds(closed - fact.ReportedAt)));
    }

    private void ReadSpot(CaseFact fact, KpiPeriod period)
    {
        if (!period.Has(fact.ReportedAt))
            return;
        Count(KpiRate.OnTheSpot, fact is { OnTheSpot: true, SpotVerified: true });
        if (fact is { OnTheSpot: true, SpotVerified: { } passed })
            Count(KpiRate.OnTheSpotPass, passed);
    }

    private void Read(MusterFact muster)
    {
        var answered = muster.AcknowledgedAt is not null;
        if (answered)
            Count(KpiRate.WhistleMisaddressed, muster.State == MusterState.Refused);
        if (answered || muster.Unanswered)
            Count(KpiRate.WhistleUnanswered, muster.Unanswered);
        if (muster.Unsolved || muster.State == MusterState.Done)
            Count(KpiRate.WhistleUnsolved, muster.Unsolved);
    }

    /// <summary>Goes through the stays: their times, and whether the case was in hand and stood suspended.</summary>
    private void ReadPath(CaseFact fact, KpiPeriod period)
    {
        if (fact.Path.IsDefaultOrEmpty)
            return;
        var path = fact.Path.AsSpan();
        var (inHand, suspended) = (false, false);
        var before = TimeSpan.Zero;
        // A path that is full has lost the stages between its first entry and the second, so how long the first stay was is not known.
        for (var i = path.Length < Case.MaxPath ? 0 : 1; i < path.Length; i++)
        {
            var (stage, begin) = (path[i].Stage, path[i].At);
            DateTimeOffset? end = i + 1 < path.Length ? path[i + 1].At : null;
            if (IsInHand(stage) && period.Meets(begin, end))
            {
                inHand = true;
                suspended |= stage == Stage.Suspended;
            }
            if (end is null || TimeOf(stage) is not { } time)
            {
                before = TimeSpan.Zero;
                continue;
            }
            var stay = end.Value - begin;
            if (stage != Stage.Suspended && path[i + 1].Stage == Stage.Suspended)
            {
                before += stay;
                continue;
            }
            if (stage != Stage.Suspended)
                (stay, before) = (stay + before, TimeSpan.Zero);
            if (period.Has(end.Value))
                Times.Add((time, Seconds(stay)));
        }
        if (inHand)
            Count(KpiRate.Suspension, suspended);
    }

    private void Count(KpiRate rate, bool hit)
    {
        _denominators[(int)rate]++;
        if (hit)
            _numerators[(int)rate]++;
    }

    /// <summary>The stages in which a case can be suspended, and the suspension itself.</summary>
    private static bool IsInHand(Stage stage) =>
        stage is Stage.Accepted or Stage.Dispatched or Stage.Handling or Stage.Returned or Stage.Rework or Stage.Suspended;

    private static KpiTime? TimeOf(Stage stage) => stage switch
    {
        Stage.Reported => KpiTime.Reported,
        Stage.Accepted => KpiTime.Accepted,
        Stage.Dispatched => KpiTime.Dispatched,
        Stage.Handling => KpiTime.Handling,
        Stage.Handled => KpiTime.Handled,
        Stage.Verified => KpiTime.Verified,
        Stage.Returned => KpiTime.Returned,
        Stage.Rework => KpiTime.Rework,
        Stage.Suspended => KpiTime.Suspended,
        _ => null,
    };

    /// <summary>Whole seconds begun and ended; a clock that was set back between gives 0.</summary>
    private static int Seconds(TimeSpan time) => (int)Math.Clamp(time.Ticks / TimeSpan.TicksPerSecond, 0, int.MaxValue);
}
