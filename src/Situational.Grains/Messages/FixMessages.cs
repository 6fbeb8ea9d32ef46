using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>One fix, well-formed and in WGS-84.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="AccuracyMeters">NaN if unknown.</param>
/// <param name="SpeedMetersPerSecond">NaN if unknown.</param>
/// <param name="HeadingDegrees">NaN if unknown.</param>
/// <param name="MeasuredAtMs">Milliseconds since 1970, UTC.</param>
/// <param name="CallSign">Null to keep the present one.</param>
/// <param name="BatteryPercent">-1 if unknown.</param>
[GenerateSerializer, Immutable, Alias("situational.fix")]
public readonly record struct Fix(
    [property: Id(0)] string Unit,
    [property: Id(1)] double Latitude,
    [property: Id(2)] double Longitude,
    [property: Id(3)] float AccuracyMeters,
    [property: Id(4)] float SpeedMetersPerSecond,
    [property: Id(5)] float HeadingDegrees,
    [property: Id(6)] long MeasuredAtMs,
    [property: Id(7)] string? CallSign,
    [property: Id(8)] sbyte BatteryPercent);

/// <summary>Fixes of one squad in their order of arrival.</summary>
/// <param name="Fixes">At most 20,000.</param>
/// <param name="ArrivedAtMs">When the request arrived, milliseconds since 1970.</param>
[GenerateSerializer, Immutable, Alias("situational.fix-batch")]
public sealed record FixBatch([property: Id(0)] ImmutableArray<Fix> Fixes, [property: Id(1)] long ArrivedAtMs);

/// <summary>What became of a batch.</summary>
/// <param name="Moved">Became their unit's newest.</param>
/// <param name="Older">Older than the newest.</param>
/// <param name="Repeated">Of the newest's time.</param>
/// <param name="Future">Marked as dated ahead.</param>
/// <param name="Jumps">Marked as a jump.</param>
/// <param name="Outside">Lie in no grid.</param>
/// <param name="Refused">Malformed after all, or of a new unit in a squad that has reached its bound of units.</param>
/// <param name="OffDuty">Places in the batch of fixes that were refused because their unit was off duty when they were measured, or is now; in
/// order, not counted in <paramref name="Refused"/>, and the default when there are none.</param>
[GenerateSerializer, Immutable, Alias("situational.fix-counts")]
public readonly record struct FixCounts(
    [property: Id(0)] int Moved, [property: Id(1)] int Older, [property: Id(2)] int Repeated,
    [property: Id(3)] int Future, [property: Id(4)] int Jumps, [property: Id(5)] int Outside,
    [property: Id(6)] int Refused = 0, [property: Id(7)] ImmutableArray<int> OffDuty = default);

/// <summary>What a squad tells one grid.</summary>
/// <param name="Present">Units that entered, moved in, or changed state within the grid.</param>
/// <param name="Left">Units that are in the grid no longer.</param>
[GenerateSerializer, Immutable, Alias("situational.units-moved")]
public sealed record UnitsMoved([property: Id(0)] ImmutableArray<UnitRow> Present, [property: Id(1)] ImmutableArray<UnitLeft> Left);

/// <summary>A unit as it now is.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Sequence">Rises with every change of the unit, also from one grid to another and over restarts: of two rows the higher is newer.</param>
/// <param name="Squad">Its squad.</param>
/// <param name="CallSign">What the wall shows.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="HeadingDegrees">NaN if unknown.</param>
/// <param name="State">A <see cref="Domain.Patrols.UnitState"/>.</param>
/// <param name="Marks"><see cref="Domain.Patrols.FixMarks"/> of the newest fix.</param>
/// <param name="MeasuredAtMs">Time of the newest fix, milliseconds since 1970; 0 for a unit that called for help and of which no fix is known.</param>
/// <param name="BatteryPercent">0 to 100, -1 if unknown.</param>
/// <param name="EnteredAtMs">Time of the fix with which it came into its grid, milliseconds since 1970; 0 if unknown.</param>
/// <param name="SosAtMs">When it called for help and nobody has answered yet, milliseconds since 1970; 0 for no such call.</param>
[GenerateSerializer, Immutable, Alias("situational.unit-row")]
public readonly record struct UnitRow(
    [property: Id(0)] string Unit, [property: Id(1)] long Sequence, [property: Id(2)] string Squad, [property: Id(3)] string CallSign,
    [property: Id(4)] double Latitude, [property: Id(5)] double Longitude, [property: Id(6)] float HeadingDegrees,
    [property: Id(7)] byte State, [property: Id(8)] byte Marks, [property: Id(9)] long MeasuredAtMs, [property: Id(10)] sbyte BatteryPercent = -1,
    [property: Id(11)] long EnteredAtMs = 0, [property: Id(12)] long SosAtMs = 0);

/// <summary>A unit that left a grid.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Sequence">As in <see cref="UnitRow"/>: a row of a higher sequence outranks the leaving.</param>
[GenerateSerializer, Immutable, Alias("situational.unit-left")]
public readonly record struct UnitLeft([property: Id(0)] string Unit, [property: Id(1)] long Sequence);
