using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Catalogue;

/// <summary>A kind of hazard, and what is expected of whoever deals with it.</summary>
/// <param name="Code">Unique; 1 to 64 lower-case letters, digits and hyphens.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">Event or component.</param>
/// <param name="Class">Name of its class (大类), by which lists are grouped.</param>
/// <param name="Ours">True if the code is this system's or the city's own, false if it is the national standard's. Default true.</param>
/// <param name="DefaultSeverity">Severity of a report that names none.</param>
/// <param name="Limits">How long the stages may take, by the clock kinds 1 to 5; where there is none no clock runs.</param>
/// <param name="MergeMeters">A report at most so far from an open case of the same category may be the same hazard. Metres, 0 to 10,000.</param>
/// <param name="MergeWithin">And at most so long after it. Up to 365 days.</param>
/// <param name="FastestHandling">Handled faster than this is implausible.</param>
/// <param name="Departments">Codes of the departments responsible, the first one first; at least one.</param>
public sealed record Category(
    string Code, LocalName Name, CategoryKind Kind, LocalName Class, bool Ours, Severity DefaultSeverity,
    IReadOnlyDictionary<ClockKind, Limit> Limits, double MergeMeters, TimeSpan MergeWithin, TimeSpan FastestHandling,
    IReadOnlyList<string> Departments)
{
    /// <summary>The limit of a stage, or null if no clock runs for it.</summary>
    public Limit? LimitOf(ClockKind kind) => Limits.TryGetValue(kind, out var limit) ? limit : null;
}
