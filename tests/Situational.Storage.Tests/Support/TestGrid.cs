using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>A grid as its grain would keep it: makes appends and folds what was appended.</summary>
public sealed class TestGrid(string code)
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public GridState State { get; private set; } = GridState.Empty(code);

    /// <summary>An append that opens a case.</summary>
    public JournalAppend Open(string? key = null, Severity severity = Severity.Yellow, string description = "井盖缺失", string fingerprint = "f")
    {
        var number = State.LastCaseNumber + 1;
        var id = $"{code}-{number}";
        var at = Noon.AddSeconds(number);
        var report = new Report("manhole-cover", severity, description, 30.25, 120.16, "worker", "王", "13900000000", ["https://example.org/1.jpg"]);
        var opened = new Case(id, code, 1, report, Stage.Reported, at, at);
        return new JournalAppend(code, State.Version, [new CaseOpened(at, id, 1, report)], [opened],
            key is null ? null : new AcceptedReport(key, fingerprint, id),
            State with { Version = State.Version + 1, LastCaseNumber = number, Open = State.Open.SetItem(id, opened), LastReportAt = at });
    }

    /// <summary>An append that closes an open case.</summary>
    public JournalAppend CloseCase(string id)
    {
        var at = Noon.AddHours(1);
        var closed = State.Open[id] with { Stage = Stage.Closed, UpdatedAt = at, ClosedAt = at, Note = "done" };
        return new JournalAppend(code, State.Version, [new CaseClosed(at, id, "done")], [closed], null,
            State with { Version = State.Version + 1, Open = State.Open.Remove(id) });
    }

    /// <summary>Takes an append as done.</summary>
    public void Apply(JournalAppend append) => State = append.StateAfter;

    /// <summary>Appends and applies; fails the test unless it was appended.</summary>
    public async Task<JournalAppend> AppendAsync(IJournal journal, JournalAppend append)
    {
        Assert.Equal(new AppendOutcome.Appended(append.StateAfter.Version), await journal.AppendAsync(append, TestContext.Current.CancellationToken));
        Apply(append);
        return append;
    }
}
