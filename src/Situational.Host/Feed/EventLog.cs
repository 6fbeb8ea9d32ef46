namespace Situational.Host.Feed;

/// <summary>The newest events of the city in order of time, bounded. Guarded by the live view's gate.</summary>
internal sealed class EventLog(int capacity)
{
    private readonly List<CityEvent> _events = [];

    /// <summary>Events kept.</summary>
    public int Count => _events.Count;

    /// <summary>All that are kept, oldest first.</summary>
    public IReadOnlyList<CityEvent> All => _events;

    /// <summary>Puts one in at its place in time; false if it is there already or too old to be kept.</summary>
    public bool Add(in CityEvent added)
    {
        if (_events.Count >= capacity && added.AtMs < _events[0].AtMs)
            return false;
        var at = _events.Count;
        while (at > 0 && _events[at - 1].AtMs > added.AtMs)
            at--;
        for (var i = at - 1; i >= 0 && _events[i].AtMs == added.AtMs; i--)
            if (_events[i].Kind == added.Kind && _events[i].Subject == added.Subject)
                return false;
        if (at == 0 && _events.Count >= capacity)
            return false;
        if (_events.Count >= 2 * capacity)
        {
            var old = _events.Count - capacity;
            if (at < old)
                return false;
            _events.RemoveRange(0, old);
            at -= old;
        }
        _events.Insert(at, added);
        return true;
    }

    /// <summary>Collects the newest events of an area, oldest first.</summary>
    public void Newest(AreaScope scope, int count, List<CityEvent> into)
    {
        into.Clear();
        for (var i = _events.Count - 1; i >= 0 && into.Count < count; i--)
            if (scope.Contains(_events[i].Grid))
                into.Add(_events[i]);
        into.Reverse();
    }
}
