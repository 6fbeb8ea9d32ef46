namespace Situational.Domain.Journal;

/// <summary>
/// Which units are on duty, and who called for help. Durable when a call returns, together with its entry of the audit trail.
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface IUnitDutyStore
{
    /// <summary>What is kept of the units of a squad; a unit that nobody ever set is on duty and has no entry.</summary>
    Task<IReadOnlyList<UnitDuty>> LoadAsync(string squad, CancellationToken cancellationToken);

    /// <summary>Keeps it in the place of what was kept of that unit, and the entry of the audit trail: both or neither.</summary>
    Task SaveAsync(UnitDuty duty, AuditEntry audit, CancellationToken cancellationToken);
}

/// <summary>A unit's duty state.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Squad">Its squad.</param>
/// <param name="OnDuty">Whether its positions are taken and shown.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Sos">Its newest call for help, answered or not; null for none.</param>
public sealed record UnitDuty(string Unit, string Squad, bool OnDuty, DateTimeOffset Since, UnitSos? Sos);

/// <summary>A unit's call for help. It stands until a person answers it, whatever becomes of the unit's fixes.</summary>
/// <param name="At">When it was made, UTC.</param>
/// <param name="Latitude">Where, WGS-84 degrees, if it was said.</param>
/// <param name="Longitude">Where, WGS-84 degrees, if it was said.</param>
/// <param name="Note">What was said, at most 1,000 characters.</param>
/// <param name="AnsweredAt">When someone answered, UTC; null while nobody has.</param>
/// <param name="AnsweredBy">Id of who answered.</param>
/// <param name="Answer">What they said, at most 1,000 characters.</param>
public sealed record UnitSos(
    DateTimeOffset At, double? Latitude, double? Longitude, string? Note, DateTimeOffset? AnsweredAt = null, string? AnsweredBy = null,
    string? Answer = null);
