using System.Collections.Immutable;

namespace Situational.Domain.Risk;

/// <summary>A grid's risk (风险) at one moment, with its reasons.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Score">The sum of all reasons' points, 0 up, rounded to hundredths.</param>
/// <param name="Red">Open red cases.</param>
/// <param name="Orange">Open orange cases.</param>
/// <param name="Yellow">Open yellow cases.</param>
/// <param name="Blue">Open blue cases.</param>
/// <param name="Overdue">Open cases past a limit.</param>
/// <param name="Reasons">What the score is made of, heaviest first; one <see cref="RiskCause.NoOpenCases"/> when nothing is open.</param>
public sealed record GridRisk(
    Cases.Severity Colour, double Score, int Red, int Orange, int Yellow, int Blue, int Overdue, ImmutableArray<RiskReason> Reasons);
