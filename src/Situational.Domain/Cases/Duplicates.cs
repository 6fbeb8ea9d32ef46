using System.Collections.Immutable;
using Situational.Domain.Geometry;

namespace Situational.Domain.Cases;

/// <summary>Finds open cases that may be the same hazard.</summary>
internal static class Duplicates
{
    /// <summary>Fewest metres of one degree of latitude; a greater difference is surely farther.</summary>
    private const double LeastMetersPerDegree = 110_000;

    /// <summary>
    /// The open case that a report joins by itself, or null: the same device said the same about the same kind of thing at the same place
    /// within minutes. The oldest of several.
    /// </summary>
    public static Case? Joined(GridState state, GridCommand.Open open, DateTimeOffset now, LoopRules rules)
    {
        var within = rules.City.AutoMergeWithin;
        if (open.Report.Device is null || within <= TimeSpan.Zero)
            return null;
        var meters = rules.City.CategoryOrOther(open.Report.Category).MergeMeters;
        Case? found = null;
        foreach (var (_, one) in state.Open)
            if (one.Spot is null == open.Spot is null && one.Joined.Length < Case.MaxJoined && Says(one, open.Report, now, within, meters)
                && (found is null || IsBefore(one, found)))
                found = one;
        return found;
    }

    /// <summary>Ids of open cases of the same category near the report in place and time, here and beyond the border, the nearest first.</summary>
    public static ImmutableArray<string> Proposals(GridState state, GridCommand.Open open, DateTimeOffset now, LoopRules rules)
    {
        var report = open.Report;
        var category = rules.City.CategoryOrOther(report.Category);
        var degrees = category.MergeMeters / LeastMetersPerDegree;
        List<(double Meters, string Id)>? near = null;
        foreach (var (id, one) in state.Open)
            if (one.Report.Category == report.Category && Math.Abs(one.Report.Latitude - report.Latitude) <= degrees
                && Apart(now, one.ReportedAt) <= category.MergeWithin && Meters(one.Report, report) is var meters && meters <= category.MergeMeters)
                (near ??= []).Add((meters, id));
        foreach (var one in open.Beyond)
            if (!state.Open.ContainsKey(one.Id) && Apart(now, one.ReportedAt) <= category.MergeWithin
                && Distance.Meters(one.Latitude, one.Longitude, report.Latitude, report.Longitude) is var meters && meters <= category.MergeMeters)
                (near ??= []).Add((meters, one.Id));
        if (near is null)
            return [];
        near.Sort(static (a, b) => a.Meters != b.Meters ? a.Meters.CompareTo(b.Meters) : string.CompareOrdinal(a.Id, b.Id));
        var ids = ImmutableArray.CreateBuilder<string>(Math.Min(near.Count, Case.MaxProposals));
        for (var i = 0; i < near.Count && i < Case.MaxProposals; i++)
            ids.Add(near[i].Id);
        return ids.MoveToImmutable();
    }

    /// <summary>Why a case cannot be merged into the one that a step names; null when it can.</summary>
    public static string? MergeFault(GridState state, Case one, GridCommand.Step step)
    {
        if (string.IsNullOrEmpty(step.Other))
            return "The id of another open case is needed.";
        if (step.Other == one.Id)
            return "A case cannot be merged into itself.";
        if (Other(state, step) is not { } other)
            return "There is no such open case here.";
        if (!other.IsOpen)
            return "That case has ended; a case is merged into an open one.";
        return other.Joined.Length + 1 + one.Joined.Length <= Case.MaxJoined ? null : $"A case holds at most {Case.MaxJoined} further reports.";
    }

    /// <summary>The case that a step names, as it stands here or was found elsewhere.</summary>
    public static Case? Other(GridState state, GridCommand.Step step) =>
        state.Open.TryGetValue(step.Other!, out var here) ? here
        : step.OtherElsewhere is { } elsewhere && elsewhere.Id == step.Other && elsewhere.Grid != state.Grid ? elsewhere
        : null;

    /// <summary>All reports of a case, the one that opened it first.</summary>
    public static ImmutableArray<Report> ReportsOf(Case one)
    {
        var reports = ImmutableArray.CreateBuilder<Report>(1 + one.Joined.Length);
        reports.Add(one.Report);
        foreach (var joined in one.Joined)
            reports.Add(joined.Report);
        return reports.MoveToImmutable();
    }

    /// <summary>What is proposed of a case after another was merged into it: of both, the ones that still stand first.</summary>
    public static ImmutableArray<string> ProposalsAfter(GridState state, Case one, Case merged)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        foreach (var id in one.Proposals.AddRange(merged.Proposals))
            if (id != one.Id && id != merged.Id && ids.Count < Case.MaxProposals && !ids.Contains(id) && state.Open.ContainsKey(id))
                ids.Add(id);
        return ids.DrainToImmutable();
    }

    private static bool Says(Case one, Report report, DateTimeOffset now, TimeSpan within, double meters)
    {
        if (Same(one.Report, report, meters) && Apart(now, one.ReportedAt) <= within)
            return true;
        foreach (var joined in one.Joined)
            if (Same(joined.Report, report, meters) && Apart(now, joined.At) <= within)
                return true;
        return false;
    }

    private static bool Same(Report a, Report b, double meters) =>
        a.Device == b.Device && a.Category == b.Category && a.Description == b.Description && Meters(a, b) <= meters;

    private static double Meters(Report a, Report b) => Distance.Meters(a.Latitude, a.Longitude, b.Latitude, b.Longitude);

    private static TimeSpan Apart(DateTimeOffset a, DateTimeOffset b) => (a - b).Duration();

    private static bool IsBefore(Case a, Case b) =>
        a.ReportedAt != b.ReportedAt ? a.ReportedAt < b.ReportedAt : string.CompareOrdinal(a.Id, b.Id) < 0;
}
