using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>The side of the cases: what is open where, and what became of it.</summary>
internal sealed partial class CityPicture
{
    /// <summary>Cases that ended and are remembered, so that one that opens again is known as such.</summary>
    private const int EndedKept = 1_000;

    private readonly Dictionary<string, CaseSlot> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<CaseSlot>> _given = new(StringComparer.Ordinal);
    private readonly EndedCases _ended = new(EndedKept);

    /// <summary>The open case of that id, or null. While two grids name it, because it moves from one to the other, the one that named it last.</summary>
    public CaseSlot? Holder(string id) => _cases.GetValueOrDefault(id);

    /// <summary>All open cases, in any order.</summary>
    public IReadOnlyCollection<CaseSlot> Cases => _cases.Values;

    /// <summary>Ids of open cases that are given to someone, the most severe first and of those the oldest.</summary>
    /// <param name="assignee">As in <see cref="CaseRow.Assignee"/>.</param>
    /// <param name="most">At most so many.</param>
    public string[] GivenTo(string assignee, int most) => !_given.TryGetValue(assignee, out var given) ? [] :
        [.. given.Where(c => ReferenceEquals(Holder(c.Id), c)).OrderBy(c => c.Row.Severity).ThenBy(c => c.Row.ReportedAtMs).Take(most).Select(c => c.Id)];

    /// <summary>Keeps the index by assignee; to be called before the row changes.</summary>
    private void Give(CaseSlot one, string? to)
    {
        var before = one.Row.Assignee;
        if (before == to)
            return;
        if (before is not null && _given.TryGetValue(before, out var given))
        {
            given.Remove(one);
            if (given.Count == 0)
                _given.Remove(before);
        }
        if (to is not null)
            AddGiven(one, to);
    }

    private void AddGiven(CaseSlot one, string to)
    {
        if (!_given.TryGetValue(to, out var given))
            _given.Add(to, given = []);
        given.Add(one);
    }

    private void Open(GridSlot slot, in CaseRow row, long nowMs)
    {
        slot.Cases.TryGetValue(row.Id, out var open);
        if (!((Stage)row.Stage).IsOpen())
        {
            // A grid's last word on a case says how it ended.
            if (open is not null)
                Close(slot, open, (Stage)row.Stage, nowMs);
            return;
        }
        if (open is not null)
        {
            open.Pass = _pass;
            if (open.Row == row)
                return;
            NoteSteps(slot, open.Row, row, nowMs);
            slot.Count(open.Row, -1);
        }
        else
        {
            open = new CaseSlot(row.Id, slot.Ordinal) { Other = Holder(row.Id) };
            slot.Cases.Add(row.Id, open);
            _cases[row.Id] = open;
            if (_ended.Remove(row.Id))
                Note(new CityEvent(nowMs, EventKind.Reopened, row.Id, slot.Ordinal, row.Severity));
            else if (open.Other is null)
                Note(new CityEvent(row.ReportedAtMs, EventKind.Reported, row.Id, slot.Ordinal, row.Severity));
        }
        slot.Count(row, 1);
        Give(open, row.Assignee);
        open.Pass = _pass;
        open.Row = row;
        open.Latitude6 = Micro(row.Latitude);
        open.Longitude6 = Micro(row.Longitude);
        Touch(open);
    }

    /// <param name="slot">The grid.</param>
    /// <param name="closed">The case that is no longer open in it.</param>
    /// <param name="stage">The stage that ended it; null when nobody said, or when it went to another grid.</param>
    /// <param name="nowMs">The node's clock.</param>
    private void Close(GridSlot slot, CaseSlot closed, Stage? stage, long nowMs)
    {
        slot.Cases.Remove(closed.Id);
        slot.Count(closed.Row, -1);
        Give(closed, null);
        closed.Closed = true;
        Touch(closed);
        var holder = Holder(closed.Id);
        var other = ReferenceEquals(holder, closed) ? closed.Other : holder;
        if (other is { Closed: false })
        {
            // It moved: the row of the grid that has it now is the one that stands, whichever of the two spoke first.
            other.Other = null;
            _cases[closed.Id] = other;
            Touch(other);
            return;
        }
        _cases.Remove(closed.Id);
        if (stage is not { } ended || EventKind.Of(ended) is not { } kind)
            return;
        _ended.Add(closed.Id);
        Note(new CityEvent(nowMs, kind, closed.Id, slot.Ordinal, closed.Row.Severity));
    }

    /// <summary>What a screen is told of the difference between two rows of a case.</summary>
    private void NoteSteps(GridSlot slot, in CaseRow before, in CaseRow row, long nowMs)
    {
        if (row.Stage != before.Stage && EventKind.Of((Stage)row.Stage) is { } step)
            Note(new CityEvent(nowMs, step, row.Id, slot.Ordinal, row.Severity));
        if (row.Level > before.Level && row.Level >= (byte)DeadlineLevel.Overdue)
        {
            var twice = row.Level >= (byte)DeadlineLevel.OverdueTwice;
            Note(new CityEvent(nowMs, twice ? EventKind.OverdueTwice : EventKind.Overdue, row.Id, slot.Ordinal, row.Severity));
        }
        if (row.Escalations > before.Escalations)
            Note(new CityEvent(nowMs, EventKind.Escalated, row.Id, slot.Ordinal, row.Severity));
        if (row.Whistle is not null && (row.Whistle != before.Whistle || row.WhistledAtMs != before.WhistledAtMs))
            Note(new CityEvent(nowMs, EventKind.Whistle, row.Id, slot.Ordinal, row.Severity));
        else if (row.Whistle is not null && row.Arrived > before.Arrived)
            Note(new CityEvent(nowMs, EventKind.Arrived, row.Id, slot.Ordinal, row.Severity));
    }
}
