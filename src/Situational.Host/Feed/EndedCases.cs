namespace Situational.Host.Feed;

/// <summary>Ids of the cases that ended last, bounded. Guarded by the live view's gate.</summary>
internal sealed class EndedCases(int capacity)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers one; the oldest beyond the bound is forgotten.</summary>
    public void Add(string id)
    {
        if (!_ids.Add(id))
            return;
        _order.Enqueue(id);
        while (_order.Count > capacity)
            _ids.Remove(_order.Dequeue());
    }

    /// <summary>Whether it is known to have ended; from then on it is not.</summary>
    public bool Remove(string id) => _ids.Remove(id);

    /// <summary>Takes over what another one remembers.</summary>
    public void AddAll(EndedCases others)
    {
        foreach (var id in others._order)
            if (others._ids.Contains(id))
                Add(id);
    }
}
