using System.Collections.Immutable;
using Situational.Domain.Catalogue;

namespace Situational.Domain.Cases;

/// <summary>What a grid decides by.</summary>
/// <param name="City">What the city has laid down.</param>
/// <param name="MaxOpenCases">How many open cases the grid may hold, from 1. Cases that the territory moves here come beyond it.</param>
/// <param name="Ancestors">Codes of the grid's parent, its parent, and so on up to the city: the levels to which a case is escalated.</param>
public sealed record LoopRules(CityRules City, int MaxOpenCases, ImmutableArray<string> Ancestors)
{
    /// <summary>Default of <see cref="MaxOpenCases"/>.</summary>
    public const int DefaultMaxOpenCases = 10_000;

    /// <summary>Codes of the areas above the grid, the lowest first.</summary>
    public ImmutableArray<string> Ancestors { get; init; } = Ancestors.IsDefault ? [] : Ancestors;

    /// <summary>Code of the area one level above the one that deals with a case now; null at the top.</summary>
    public string? Above(Case one)
    {
        var level = one.EscalatedTo is { } area && Ancestors.IndexOf(area) is var index and >= 0 ? index + 1 : one.Escalations;
        return level < Ancestors.Length ? Ancestors[level] : null;
    }
}
