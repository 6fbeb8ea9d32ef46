using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Grains.Squads;

/// <summary>What a squad knows of one unit. Changed inside one grain's turns only.</summary>
/// <param name="unit">The unit's id.</param>
internal sealed class UnitTrack(string unit)
{
    /// <summary>The unit's id.</summary>
    public string Unit { get; } = unit;

    /// <summary>What the wall shows.</summary>
    public string CallSign { get; set; } = unit;

    /// <summary>The newest fix: place, times, marks.</summary>
    public TakenFix Newest;

    /// <summary>Its accuracy in metres, NaN if unknown.</summary>
    public float AccuracyMeters;

    /// <summary>Its speed in metres per second, NaN if unknown.</summary>
    public float SpeedMetersPerSecond;

    /// <summary>Its heading in degrees, NaN if unknown.</summary>
    public float HeadingDegrees;

    /// <summary>Its battery in percent as last stated, -1 if it never was.</summary>
    public sbyte BatteryPercent = -1;

    /// <summary>Time of the fix with which it came into the grid that it is held in, milliseconds since 1970; 0 if unknown.</summary>
    public long EnteredAtMs;

    /// <summary>Where the unit is held to be.</summary>
    public GridHold Hold;

    /// <summary>The steady clock's time at which the newest fix was of age 0; may be negative.</summary>
    public long BornAt;

    /// <summary>State by age as last judged.</summary>
    public UnitState State;

    /// <summary>Rises with every change.</summary>
    public long Sequence;

    /// <summary>The grid that was last told that the unit is there.</summary>
    public GridTeller? ToldAt;

    /// <summary>The grid it was in when it was stored, until the territory is at hand.</summary>
    public string? StoredGrid;

    /// <summary>It is in the list of what changed.</summary>
    public bool IsListed;

    /// <summary>A grid could not be told; it is told again.</summary>
    public bool IsUntold;

    /// <summary>The newest fix is not stored yet.</summary>
    public bool IsUnsaved;

    /// <summary>Fixes measured before are refused, milliseconds since 1970: when it went on duty, or never while it is off duty.</summary>
    public long TakesFromMs;

    /// <summary>When it called for help and nobody has answered yet, milliseconds since 1970; 0 for no such call.</summary>
    public long SosAtMs;

    /// <summary>The last points of its trail.</summary>
    public TrailEnd Trail;

    /// <summary>It is off duty: no grid may list it.</summary>
    public bool IsOff => TakesFromMs == long.MaxValue;

    /// <summary>A fix of it is known; one that calls for help is listed also without.</summary>
    public bool HasFix => Newest.TakenAtMs != 0;

    /// <summary>Somebody knows where it is: its newest fix says so, or its call for help.</summary>
    public bool HasPlace => HasFix || Newest.Latitude != 0 || Newest.Longitude != 0;

    /// <summary>The unit as its grid is told.</summary>
    public UnitRow ToRow(string squad) => new(
        Unit, Sequence, squad, CallSign, Newest.Latitude, Newest.Longitude, HeadingDegrees, (byte)State, (byte)Newest.Marks, Newest.TakenAtMs,
        BatteryPercent, EnteredAtMs, SosAtMs);
}
