using Situational.Domain.Territory;

namespace Situational.Grains.Territory;

/// <summary>The silo's copy of the territory in force, read from the store. Safe for all threads.</summary>
public interface ITerritorySource
{
    /// <summary>The copy at hand, or null before the first territory; never blocks.</summary>
    TerritoryIndex? Current { get; }

    /// <summary>Rises when <see cref="Current"/> changes; called on the thread that changed it.</summary>
    event Action<TerritoryIndex>? Changed;

    /// <summary>Makes sure that the copy is at least that version, reading it from the store if need be.</summary>
    Task<TerritoryIndex?> AtLeastAsync(int version, CancellationToken cancellationToken);
}
