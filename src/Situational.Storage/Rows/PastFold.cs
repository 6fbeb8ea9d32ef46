using Situational.Domain.Cases;

namespace Situational.Storage.Rows;

/// <summary>
/// The past of a whole store, made from its events grid by grid. A case that stays in a grid is told when the grid ends, one that moved when
/// all do: only those are held in memory meanwhile.
/// </summary>
internal sealed class PastFold
{
    private readonly Dictionary<string, List<StoredPast>> _here = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoredPast>> _moved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _moving = new(StringComparer.Ordinal);

    /// <summary>Takes the next event of the present grid.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="after">Its case after it.</param>
    public void Add(GridEvent happened, Case after)
    {
        if (happened is CaseDeparted or CaseArrived)
            _moving.Add(after.Id);
        // Where a case that was taken is now, its rows there say.
        if (happened is HandoverEnded { Taken: true })
            return;
        if (!_here.TryGetValue(after.Id, out var rows))
            _here.Add(after.Id, rows = []);
        rows.Add(StoredPast.Of(after, happened.At));
    }

    /// <summary>The rows of each case that never left the present grid; the next event is another grid's.</summary>
    public IEnumerable<List<KeptPast>> EndGrid()
    {
        foreach (var (id, rows) in _here)
            if (!_moving.Contains(id))
                yield return PastChain.Of(rows);
            else if (_moved.TryGetValue(id, out var before))
                before.AddRange(rows);
            else
                _moved.Add(id, rows);
        _here.Clear();
        _moving.Clear();
    }

    /// <summary>The rows of each case that moved.</summary>
    public IEnumerable<List<KeptPast>> End()
    {
        foreach (var rows in _moved.Values)
            yield return PastChain.Of(rows);
        _moved.Clear();
    }
}
