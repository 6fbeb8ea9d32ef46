using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>An append as rows.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="ExpectedVersion">The grid's version before.</param>
/// <param name="Events">One row an event.</param>
/// <param name="Cases">One row a changed case.</param>
/// <param name="Report">The idempotency key, if any.</param>
/// <param name="Snapshot">The snapshot after the events, if one is due.</param>
internal sealed record PreparedAppend(
    string Grid, long ExpectedVersion, StoredRow[] Events, StoredCase[] Cases, AcceptedReport? Report, StoredRow? Snapshot)
{
    /// <exception cref="ArgumentException">The append contradicts itself.</exception>
    public static PreparedAppend Of(JournalAppend append, int snapshotEvery)
    {
        var version = append.ExpectedVersion + append.Events.Count;
        if (append.Events.Count == 0)
            throw new ArgumentException("An append has at least one event.", nameof(append));
        if (append.StateAfter.Grid != append.Grid || append.StateAfter.Version != version)
            throw new ArgumentException("The state after an append is that grid's at the version that the append ends with.", nameof(append));

        var events = new StoredRow[append.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = StoredRow.Of(append.Events[i], Stored.Json.GridEvent, append.Grid, append.ExpectedVersion + 1 + i);
        var cases = new StoredCase[append.Cases.Count];
        for (var i = 0; i < cases.Length; i++)
            cases[i] = StoredCase.Of(append.Cases[i]);
        var due = version / snapshotEvery > append.ExpectedVersion / snapshotEvery;
        return new PreparedAppend(append.Grid, append.ExpectedVersion, events, cases, append.Report,
            due ? StoredRow.Of(StoredState.Of(append.StateAfter), Stored.Json.StoredState, append.Grid, version) : null);
    }
}

/// <summary>A case as its row.</summary>
internal sealed record StoredCase(string Id, string Grid, Stage Stage, Severity Severity, StoredRow Row)
{
    public static StoredCase Of(Case value) =>
        new(value.Id, value.Grid, value.Stage, value.Severity, StoredRow.Of(value, Stored.Json.Case, value.Id, 0));
}
