namespace Situational.Cli.Replay;

/// <summary>One recorded fix.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="At">Time of measurement.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="AccuracyMeters">If recorded.</param>
/// <param name="SpeedMetersPerSecond">If recorded.</param>
/// <param name="HeadingDegrees">If recorded.</param>
/// <param name="Squad">If recorded.</param>
/// <param name="CallSign">If recorded.</param>
internal sealed record TrackFix(
    string Unit, DateTimeOffset At, double Latitude, double Longitude, double? AccuracyMeters = null, double? SpeedMetersPerSecond = null,
    double? HeadingDegrees = null, string? Squad = null, string? CallSign = null);
