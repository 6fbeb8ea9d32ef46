namespace Situational.Host.History;

/// <summary>What someone looks at.</summary>
/// <param name="Area">Code of the area, or <c>city</c>.</param>
/// <param name="Units">Whether unit rows are sent; the totals are in any case.</param>
/// <param name="Squad">The only squad whose units are seen and counted; null for all.</param>
/// <param name="Withheld">Whether who looks may not learn where units were, so that no row and no event names one.</param>
internal readonly record struct PastView(string Area, bool Units, string? Squad, bool Withheld = false);
