using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>A decision in the making: events, and what they make of the grid so far.</summary>
internal sealed class Draft(GridState state)
{
    private readonly ImmutableArray<GridEvent>.Builder _events = ImmutableArray.CreateBuilder<GridEvent>();
    private readonly List<string> _order = [];
    private readonly Dictionary<string, Case> _changed = new(StringComparer.Ordinal);
    private ImmutableArray<(string CaseId, string Grid)> _gone = [];

    /// <summary>The grid after the events so far.</summary>
    public GridState After { get; private set; } = state;

    /// <summary>Number of events so far.</summary>
    public int Count => _events.Count;

    /// <summary>Adds an event and answers with its case after it.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="ended">The case before it, when it had ended.</param>
    public Case Add(GridEvent happened, Case? ended = null)
    {
        After = GridFold.Apply(After, happened, ended, out var after);
        _events.Add(happened);
        if (after is null)
            throw new InvalidOperationException($"{happened.GetType().Name} was decided of a case that is not known.");
        if (_changed.TryAdd(after.Id, after))
            _order.Add(after.Id);
        else
            _changed[after.Id] = after;
        return after;
    }

    /// <summary>Notes that a handover ended: the row of its case is the other grid's, or was written when the case ended.</summary>
    public void EndTaken(HandoverEnded ended, bool gone)
    {
        After = GridFold.Apply(After, ended);
        _events.Add(ended);
        if (gone)
            _gone = _gone.Add((ended.CaseId, ended.ToGrid));
    }

    /// <summary>The decision.</summary>
    /// <param name="about">Id of the case that the command was about, or null.</param>
    /// <param name="more">Whether more is due at the same time.</param>
    public Decision Decide(string? about, bool more = false)
    {
        if (_events.Count == 0)
            return new Decision.Nothing();
        var changed = ImmutableArray.CreateBuilder<Case>(_order.Count);
        foreach (var id in _order)
            changed.Add(_changed[id]);
        return new Decision.Accepted(
            _events.ToImmutable(), about is null ? null : _changed.GetValueOrDefault(about), changed.MoveToImmutable(), After)
        {
            Gone = _gone,
            More = more,
        };
    }
}
