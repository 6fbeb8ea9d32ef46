using System.Collections.Immutable;
using Situational.Domain.Geometry;

namespace Situational.Domain.Cases;

/// <summary>What is not plausible about a result.</summary>
internal static class SpotMarks
{
    public const string TooFast = "too-fast", TooFar = "too-far", NoFix = "no-fix", ManyAtOnce = "many-at-once";

    /// <summary>Marks of a fix on the spot.</summary>
    public static ImmutableArray<PlausibilityMark> OfSpot(
        GridState state, Report report, OnTheSpot spot, UnitFix? near, DateTimeOffset now, LoopRules rules)
    {
        var (city, marks) = (rules.City, ImmutableArray.CreateBuilder<PlausibilityMark>());
        var done = spot.FixedAt ?? now;
        if (spot.FoundAt is { } found)
            Fast(marks, done - found, city.CategoryOrOther(report.Category).FastestHandling);
        var fix = near?.Unit == spot.Unit ? near : null;
        var age = fix is null ? TimeSpan.Zero : (done - fix.MeasuredAt).Duration();
        if (fix is null || age > city.Spot.FixWithin)
            marks.Add(new(NoFix, Math.Round(age.TotalMinutes, 1), city.Spot.FixWithin.TotalMinutes));
        else
            Far(marks, report, fix, city.Spot.MaxMeters);
        var many = 1;
        foreach (var time in state.SpotTimes)
            if (time.Unit == spot.Unit && (now - time.At).Duration() <= city.Spot.BatchWithin)
                many++;
        if (many >= city.Spot.BatchCount)
            marks.Add(new(ManyAtOnce, many, city.Spot.BatchCount - 1));
        return marks.ToImmutable();
    }

    /// <summary>Marks of a case after its result was handed in: those of this result in the place of those of the last one.</summary>
    public static ImmutableArray<PlausibilityMark> OfResult(Case one, UnitFix? near, DateTimeOffset now, LoopRules rules)
    {
        var marks = ImmutableArray.CreateBuilder<PlausibilityMark>();
        Fast(marks, HandledFor(one, now), rules.City.CategoryOrOther(one.Report.Category).FastestHandling);
        if (near is not null && (now - near.MeasuredAt).Duration() <= rules.City.Spot.FixWithin)
            Far(marks, one.Report, near, rules.City.Spot.MaxMeters);
        return marks.ToImmutable();
    }

    /// <summary>How long it was handled since it was last started, suspensions left out.</summary>
    private static TimeSpan HandledFor(Case one, DateTimeOffset now)
    {
        var (took, until) = (TimeSpan.Zero, now);
        for (var i = one.Path.Length - 1; i >= 0 && one.Path[i].Stage is Stage.Handling or Stage.Suspended; i--)
        {
            if (one.Path[i].Stage == Stage.Handling)
                took += until - one.Path[i].At;
            until = one.Path[i].At;
        }
        return took;
    }

    private static void Fast(ImmutableArray<PlausibilityMark>.Builder marks, TimeSpan took, TimeSpan fastest)
    {
        if (took < fastest)
            marks.Add(new(TooFast, Math.Max(0, Math.Round(took.TotalSeconds)), fastest.TotalSeconds));
    }

    private static void Far(ImmutableArray<PlausibilityMark>.Builder marks, Report report, UnitFix fix, double limit)
    {
        var meters = Distance.Meters(report.Latitude, report.Longitude, fix.Latitude, fix.Longitude);
        if (meters > limit)
            marks.Add(new(TooFar, Math.Round(meters, 1), limit));
    }
}
