using Situational.Domain.Configuration;

namespace Situational.Domain.Catalogue;

/// <summary>What <see cref="CityRules.Read"/> found.</summary>
/// <param name="Rules">The rules, or null when there are faults.</param>
/// <param name="Faults">Why they are refused: those of the catalogue, then those of the calendar; of each at most 100 and one that counts the rest.</param>
public sealed record CityRulesReading(CityRules? Rules, IReadOnlyList<ConfigurationFault> Faults);
