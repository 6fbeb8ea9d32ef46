using System.Collections.Concurrent;

namespace Situational.Grains.Squads;

/// <summary>The squads that are active on this silo. Safe for all threads.</summary>
public sealed class SquadsHere
{
    private readonly ConcurrentDictionary<string, bool> _squads = new(StringComparer.Ordinal);

    /// <summary>Their ids, at most one a squad, in no order.</summary>
    public IEnumerable<string> Ids => _squads.Keys;

    /// <summary>A squad is active.</summary>
    /// <param name="squad">Its id.</param>
    public void Come(string squad) => _squads[squad] = true;

    /// <summary>A squad is active no more.</summary>
    /// <param name="squad">Its id.</param>
    public void Leave(string squad) => _squads.TryRemove(squad, out _);
}
