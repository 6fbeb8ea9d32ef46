namespace Situational.Domain.Risk;

/// <summary>One part of a grid's risk.</summary>
/// <param name="Cause">Where it comes from.</param>
/// <param name="Count">How many cases it concerns; minutes for <see cref="RiskCause.Silent"/>.</param>
/// <param name="Points">What it adds to the score, 0 up, rounded to hundredths.</param>
public readonly record struct RiskReason(RiskCause Cause, int Count, double Points);
