using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>Which silos feed this node, and whether they were heard of late. Guarded by the live view's gate.</summary>
internal sealed class SiloWatch(TimeProvider time, TimeSpan silentAfter)
{
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, Silo> _silos = new(StringComparer.Ordinal);
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Silos that cannot write to the journal.</summary>
    public int StoreAway
    {
        get
        {
            var away = 0;
            foreach (var silo in _silos.Values)
                if (silo.StoreAway)
                    away++;
            return away;
        }
    }

    /// <summary>
    /// Notes a message. False when it does not follow the silo's last one, or is its first: then something that this node does not
    /// know of may have been said before.
    /// </summary>
    public bool Hear(FeedMessage message)
    {
        var known = _silos.TryGetValue(message.Silo, out var silo);
        if (!known)
            _silos.Add(message.Silo, silo = new Silo());
        var follows = known && message.Sequence == silo!.Sequence + 1;
        silo!.Sequence = message.Sequence;
        silo.HeardAt = time.GetTimestamp();
        silo.StoreAway = message.StoreAway;
        return follows;
    }

    /// <summary>Silos unheard for too long. One that stays so is forgotten as long as another one is heard: its grids live elsewhere now.</summary>
    public int Silent()
    {
        if (_silos.Count == 0)
            return time.GetElapsedTime(_startedAt) > silentAfter ? 1 : 0;
        var silent = 0;
        string? forgotten = null;
        foreach (var (id, silo) in _silos)
        {
            var quiet = time.GetElapsedTime(silo.HeardAt);
            if (quiet <= silentAfter)
                continue;
            silent++;
            if (quiet > ForgetAfter)
                forgotten = id;
        }
        if (forgotten is not null && silent < _silos.Count)
        {
            _silos.Remove(forgotten);
            silent--;
        }
        return silent;
    }

    private sealed class Silo
    {
        public long Sequence;
        public long HeardAt;
        public bool StoreAway;
    }
}
