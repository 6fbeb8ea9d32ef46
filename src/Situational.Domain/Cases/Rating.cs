namespace Situational.Domain.Cases;

/// <summary>A rating of how a case was closed (评价).</summary>
/// <param name="Kind">Code of the kind: who rates.</param>
/// <param name="Score">1 (worst) to 5 (best).</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Note">Why, at most 4,000 characters.</param>
public sealed record Rating(string Kind, int Score, DateTimeOffset At, Actor By, string? Note);
