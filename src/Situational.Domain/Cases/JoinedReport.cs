namespace Situational.Domain.Cases;

/// <summary>A further report of the same hazard.</summary>
/// <param name="Report">The report, with its reporter.</param>
/// <param name="At">When it joined, UTC.</param>
/// <param name="FromCase">Id of the case that it had opened, or null when it joined by itself.</param>
public sealed record JoinedReport(Report Report, DateTimeOffset At, string? FromCase);
