using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>
/// Tells what happened to cases from how they looked before and after: opened, ended, overdue, escalated, whistled for. Rows come oldest
/// first. Used by one caller at a time.
/// </summary>
/// <param name="rules">When a case without clocks falls due.</param>
/// <param name="happened">Told of each happening; of one case in the order of time.</param>
internal sealed class PastLedger(PastRules rules, Action<PastHappening> happened)
{
    private readonly Dictionary<string, PastCase> _open = new(StringComparer.Ordinal);

    /// <summary>The cases that are open now.</summary>
    public IEnumerable<PastCase> Open => _open.Values;

    /// <summary>Takes in a case that was open at the beginning.</summary>
    public void Begin(PastCase one) => _open[one.Id] = one;

    /// <summary>Takes in what became of a case.</summary>
    public void Take(PastCase row)
    {
        if (!_open.TryGetValue(row.Id, out var before))
            Tell(row.ReportedAt == row.From ? EventKind.Reported : EventKind.Reopened, row, row.From);
        else
        {
            Fall(before, row.From);
            Compare(before, row);
        }
        if (row.Stage.IsOpen())
        {
            _open[row.Id] = row;
            return;
        }
        _open.Remove(row.Id);
        if (EventKind.Of(row.Stage) is { } ended)
            Tell(ended, row, row.From);
    }

    /// <summary>Ends the telling: limits without clocks may have passed since the last rows.</summary>
    public void End(DateTimeOffset to)
    {
        foreach (var one in _open.Values)
            Fall(one, to);
    }

    /// <summary>A case without clocks comes to be overdue by the time alone.</summary>
    private void Fall(PastCase one, DateTimeOffset until)
    {
        if (PastRules.IsClockless(one) && rules.DueAt(one) is { } due && due >= one.From && due < until)
            Tell(EventKind.Overdue, one, due);
    }

    private void Compare(PastCase before, PastCase row)
    {
        if (row.Level > before.Level && row.Level >= DeadlineLevel.Overdue)
            Tell(row.Level == DeadlineLevel.OverdueTwice ? EventKind.OverdueTwice : EventKind.Overdue, row, row.From);
        if (row.Escalations > before.Escalations)
            Tell(EventKind.Escalated, row, row.From);
        if (row.Whistle is not null && (row.Whistle != before.Whistle || row.WhistledAt != before.WhistledAt))
            Tell(EventKind.Whistle, row, row.From);
    }

    private void Tell(string kind, PastCase one, DateTimeOffset at) => happened(new PastHappening(at, kind, one));
}

/// <summary>Something that happened to a case.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">One of <see cref="EventKind"/>.</param>
/// <param name="Case">The case as it stood from then on.</param>
internal readonly record struct PastHappening(DateTimeOffset At, string Kind, PastCase Case);
