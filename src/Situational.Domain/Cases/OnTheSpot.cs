using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>Report and rectification in one (即查即办): what whoever found it says was done.</summary>
/// <param name="Unit">Id of the unit that fixed it.</param>
/// <param name="Note">What was done, 1 to 4,000 characters.</param>
/// <param name="Photos">Ids or addresses of photos of the result, at most 9.</param>
/// <param name="FoundAt">When it was found; null when not said.</param>
/// <param name="FixedAt">When it was fixed; null when not said: then the time of the report.</param>
/// <param name="Recheck">Whether it was drawn for a random re-check.</param>
/// <param name="Verified">Whether it was verified: passed (true), failed (false), not looked at (null).</param>
public sealed record OnTheSpot(
    string Unit, string Note, ImmutableArray<string> Photos, DateTimeOffset? FoundAt, DateTimeOffset? FixedAt, bool Recheck = false,
    bool? Verified = null);

/// <summary>Something about a case that is not plausible; it proves nothing, it asks for a look.</summary>
/// <param name="Code">What: <c>too-fast</c>, <c>too-far</c>, <c>no-fix</c> or <c>many-at-once</c>.</param>
/// <param name="Value">The value found: seconds, metres, minutes or cases.</param>
/// <param name="Limit">The limit it is held against, in the same unit.</param>
public sealed record PlausibilityMark(string Code, double Value, double Limit);
