namespace Situational.Domain.Cases;

/// <summary>What a grid owes to another one and offers until that one has written it down. Offering it twice changes nothing.</summary>
/// <param name="Kind">What is handed over.</param>
/// <param name="ToGrid">Code of the grid that takes it.</param>
/// <param name="TerritoryVersion">Version of the territory that moves the case; for a merge the one in force.</param>
/// <param name="Case">The case as it stood before the handover.</param>
/// <param name="Into">Id of the case that goes on, for a merge.</param>
/// <param name="By">Who caused it.</param>
public sealed record Handover(HandoverKind Kind, string ToGrid, int TerritoryVersion, Case Case, string? Into, Actor By);

/// <summary>Kind of a handover. The numbers stand in the journal.</summary>
public enum HandoverKind
{
    /// <summary>The case itself.</summary>
    Move = 1,

    /// <summary>Its reports, into a case of the other grid.</summary>
    Merge = 2,
}
