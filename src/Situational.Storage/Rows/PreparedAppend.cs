using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>An append as rows.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="ExpectedVersion">The grid's version before.</param>
/// <param name="Events">One row an event.</param>
/// <param name="Cases">One row a changed case.</param>
/// <param name="Past">What a screen shows of each changed case from now on.</param>
/// <param name="Gone">Ids of cases whose row goes, if it is still this grid's.</param>
/// <param name="Report">The idempotency key, if any.</param>
/// <param name="Audit">The entry of the audit trail, if any.</param>
/// <param name="Snapshot">The snapshot after the events, if one is due.</param>
internal sealed record PreparedAppend(
    string Grid, long ExpectedVersion, StoredEvent[] Events, StoredCase[] Cases, StoredPast[] Past, string[] Gone, AcceptedReport? Report,
    StoredAudit? Audit, StoredRow? Snapshot)
{
    /// <exception cref="ArgumentException">The append contradicts itself.</exception>
    public static PreparedAppend Of(JournalAppend append, int snapshotEvery)
    {
        var version = append.ExpectedVersion + append.Events.Count;
        if (append.Events.Count == 0)
            throw new ArgumentException("An append has at least one event.", nameof(append));
        if (append.StateAfter.Grid != append.Grid || append.StateAfter.Version != version)
            throw new ArgumentException("The state after an append is that grid's at the version that the append ends with.", nameof(append));

        var events = new StoredEvent[append.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = StoredEvent.Of(append.Events[i], append.Grid, append.ExpectedVersion + 1 + i);
        var cases = new StoredCase[append.Cases.Count];
        for (var i = 0; i < cases.Length; i++)
            cases[i] = StoredCase.Of(append.Cases[i]);
        var past = new StoredPast[append.Cases.Count];
        for (var i = 0; i < past.Length; i++)
            past[i] = StoredPast.Of(append.Cases[i], LastOf(append.Cases[i].Id, append.Events));
        var due = version / snapshotEvery > append.ExpectedVersion / snapshotEvery;
        return new PreparedAppend(append.Grid, append.ExpectedVersion, events, cases, past, GoneOf(append), append.Report,
            append.Audit is { } entry ? StoredAudit.Of(entry) : null,
            due ? StoredRow.Of(StoredState.Of(append.StateAfter), Stored.Json.StoredState, append.Grid, version) : null);
    }

    /// <summary>When the last event of a case happened. An append decides all that it does to a case at one time.</summary>
    private static DateTimeOffset LastOf(string id, IReadOnlyList<GridEvent> events)
    {
        for (var i = events.Count - 1; i >= 0; i--)
            if (CaseFold.CaseIdOf(events[i]) == id)
                return events[i].At;
        throw new ArgumentException($"Case {id} is changed by no event.", nameof(id));
    }

    /// <summary>A case that left and has come back since keeps its row: the end of its old handover may be told late.</summary>
    private static string[] GoneOf(JournalAppend append) => append.Gone.Count == 0
        ? []
        : [.. append.Gone.Select(moved => moved.CaseId).Where(id => !append.StateAfter.Open.ContainsKey(id))];
}
