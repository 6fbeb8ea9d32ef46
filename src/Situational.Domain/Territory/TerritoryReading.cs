namespace Situational.Domain.Territory;

/// <summary>What <see cref="TerritoryReader"/> found.</summary>
/// <param name="Territory">The territory, or null when there are faults.</param>
/// <param name="Faults">Why the file is refused, in the file's order; at most <see cref="TerritoryReader.MaxFaults"/> and one that counts the rest.</param>
/// <param name="Warnings">Overlaps and gaps, the largest first; at most <see cref="TerritoryReader.MaxWarnings"/> and one that counts the rest.</param>
/// <param name="Repairs">What was mended.</param>
public sealed record TerritoryReading(
    CityTerritory? Territory, IReadOnlyList<TerritoryFault> Faults, IReadOnlyList<TerritoryWarning> Warnings,
    IReadOnlyList<TerritoryRepair> Repairs);

/// <summary>A reason to refuse the file.</summary>
/// <param name="Feature">Index of the feature in the file, from 0; null if the fault is the file's.</param>
/// <param name="Area">Code or else name of the area, where known.</param>
/// <param name="Reason">Reason in kebab-case, such as <c>duplicate-code</c>.</param>
/// <param name="Text">The field, its fault and the limit, in a sentence.</param>
public sealed record TerritoryFault(int? Feature, string? Area, string Reason, string Text);

/// <summary>Something odd that is not refused, because real boundaries have it.</summary>
/// <param name="Kind"><c>overlap</c>, <c>gap</c>, or <c>more</c> for the one that counts the rest.</param>
/// <param name="Grids">Codes of the grids concerned: the two that overlap; empty otherwise.</param>
/// <param name="SquareMeters">Its area in square metres; of <c>more</c>, the sum.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record TerritoryWarning(string Kind, IReadOnlyList<string> Grids, double SquareMeters, string Text);

/// <summary>A shape that was mended.</summary>
/// <param name="Feature">Index of the feature in the file, from 0.</param>
/// <param name="Area">Code or else name of the area, where known.</param>
/// <param name="Text">What was wrong and what became of it, in a sentence.</param>
public sealed record TerritoryRepair(int Feature, string? Area, string Text);
