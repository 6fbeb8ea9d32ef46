using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Redis;

/// <summary>An append as Redis takes it.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Items">What the city's keys must hear of it.</param>
/// <param name="Gone">Cases that went to another grid.</param>
/// <param name="BegunAt">Ticks (UTC) of its first event.</param>
/// <param name="Moves">Its events that tie a case's past here to that in another grid, with how often the case had moved before.</param>
internal sealed record RedisAppend(
    PreparedAppend Rows, IReadOnlyList<OutboxItem> Items, IReadOnlyList<MovedCase> Gone, long BegunAt, IReadOnlyList<(GridEvent Event, int Hops)> Moves)
{
    public string Grid => Rows.Grid;

    /// <exception cref="ArgumentException">The append contradicts itself, or a name holds the end of a line.</exception>
    public static RedisAppend Of(JournalAppend append, int snapshotEvery)
    {
        var rows = PreparedAppend.Of(append, snapshotEvery);
        Check(append);
        var version = append.ExpectedVersion + append.Events.Count;
        var items = new List<OutboxItem>(rows.Cases.Length + 2);
        for (var i = 0; i < rows.Cases.Length; i++)
            items.Add(new OutboxItem(OutboxItem.Case + rows.Cases[i].Id, version, CaseEntry.Of(rows.Cases[i], append.Cases[i].Revision).ToText()));
        return new RedisAppend(rows, items, [.. append.Gone.Where(moved => rows.Gone.Contains(moved.CaseId))], append.Events[0].At.UtcTicks,
            [.. append.Events.Where(happened => happened is CaseDeparted or CaseArrived or HandoverEnded { Taken: true }).Select(happened => (happened, HopsOf(happened, append)))]);
    }

    /// <summary>What the city's keys must hear of it when it was written as that append.</summary>
    public IReadOnlyList<OutboxItem> ItemsOf(string id, KeyRecord? key)
    {
        var version = Rows.ExpectedVersion + Rows.Events.Length;
        var items = new List<OutboxItem>(Items);
        if (key is not null)
            items.Add(new OutboxItem(OutboxItem.Key + key.Report.Key, version, key.ToText()));
        if (Rows.Audit is { } audit)
            items.Add(new OutboxItem(OutboxItem.Audit + id, version, AuditLines.Of(audit)));
        return items;
    }

    private static int HopsOf(GridEvent happened, JournalAppend append)
    {
        foreach (var changed in append.Cases)
            if (changed.Id == CaseFold.CaseIdOf(happened))
                return changed.Hops;
        return 0;
    }

    private static void Check(JournalAppend append)
    {
        Check(append.Grid);
        foreach (var changed in append.Cases)
        {
            Check(changed.Id);
            Check(changed.Grid);
            Check(changed.Report.Category);
        }
        foreach (var happened in append.Events)
            Check(CaseFold.CaseIdOf(happened));
        if (append.Report is not { } report)
            return;
        Check(report.Key);
        Check(report.CaseId);
        Check(report.Fingerprint);
    }

    /// <summary>Names are kept in lines.</summary>
    private static void Check(string name)
    {
        if (name.Contains('\n', StringComparison.Ordinal))
            throw new ArgumentException("A name holds the end of a line.", nameof(name));
    }
}
