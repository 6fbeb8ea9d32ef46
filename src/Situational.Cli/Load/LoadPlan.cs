namespace Situational.Cli.Load;

/// <summary>What a load run does.</summary>
/// <param name="Seconds">How long it counts.</param>
/// <param name="WarmUpSeconds">How long it runs before it counts.</param>
/// <param name="Count">Most fixes and reports to send; ends when they are sent.</param>
/// <param name="Units">Units.</param>
/// <param name="Seed">The same seed gives the same rounds.</param>
/// <param name="Positions">Fixes, or null for none.</param>
/// <param name="Reports">Reports, or null for none.</param>
/// <param name="Screens">Screens, or null for none.</param>
/// <param name="MarkersPerSecond">Marked fixes a second.</param>
/// <param name="ServerPid">Process id of the system, to read its CPU time and memory; 0 for none.</param>
internal sealed record LoadPlan(
    double Seconds, double WarmUpSeconds, long Count, int Units, int Seed, PositionsPlan? Positions, ReportsPlan? Reports,
    ScreensPlan? Screens, double MarkersPerSecond, int ServerPid);

/// <summary>How fixes are sent.</summary>
/// <param name="PerSecond">Fixes a second over all connections; 0 for as many as go.</param>
/// <param name="Connections">Connections.</param>
/// <param name="Batch">Fixes in a request.</param>
/// <param name="Depth">Requests that a connection sends at once before it reads their answers.</param>
/// <param name="Lines">NDJSON instead of an array.</param>
/// <param name="Bare">Only unit, place and time.</param>
internal sealed record PositionsPlan(double PerSecond, int Connections, int Batch, int Depth, bool Lines, bool Bare);

/// <summary>How reports are sent.</summary>
/// <param name="PerSecond">Reports a second over all callers; 0 for as many as go.</param>
/// <param name="Callers">Callers, each with a connection.</param>
internal sealed record ReportsPlan(double PerSecond, int Callers);

/// <summary>Screens that watch.</summary>
/// <param name="Count">Screens.</param>
/// <param name="Area">Code of the area that they watch.</param>
/// <param name="Boxes">Different boxes of about a tenth of the city, each for as many screens; 0 for the whole area.</param>
/// <param name="VerifyShare">Share of them that computes digests, 0 to 1.</param>
/// <param name="Bad">Screens that make trouble beside them.</param>
internal sealed record ScreensPlan(int Count, string Area, int Boxes, double VerifyShare, IReadOnlyList<(BadManner Manner, int Count)> Bad);
