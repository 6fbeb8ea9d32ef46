namespace Situational.Domain.Journal;

/// <summary>
/// Which unit belongs to which squad (durable at once) and each unit's newest fix (at most 10 s lost).
/// Throws <see cref="JournalUnavailableException"/> when the store is away.
/// </summary>
public interface IUnitStore
{
    /// <summary>Enrols units that nobody has enrolled yet and returns, in order, the squad each unit belongs to: the first enrolment wins.</summary>
    Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken);

    /// <summary>All enrolments, for a node that starts.</summary>
    Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken);

    /// <summary>The newest stored fix of each unit of a squad.</summary>
    Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps newest fixes, each in the place of what was kept of its unit, whatever their times: the squad orders fixes, and one that was
    /// dated ahead may give way to an earlier one.
    /// </summary>
    Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken);
}

/// <summary>A unit and its squad.</summary>
public sealed record UnitEnrolment(string Unit, string Squad);

/// <summary>A unit's newest fix as stored.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="CallSign">What the wall shows.</param>
/// <param name="Grid">Code of the grid it was put in, or <c>outside</c>.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="AccuracyMeters">Radius in metres, NaN if unknown.</param>
/// <param name="SpeedMetersPerSecond">NaN if unknown.</param>
/// <param name="HeadingDegrees">NaN if unknown.</param>
/// <param name="MeasuredAt">Time of measurement, UTC.</param>
public sealed record StoredFix(
    string Unit, string CallSign, string Grid, double Latitude, double Longitude, double AccuracyMeters,
    double SpeedMetersPerSecond, double HeadingDegrees, DateTimeOffset MeasuredAt);
