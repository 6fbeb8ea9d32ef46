using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>The node's live picture of the city, for questions. Safe for all threads; answers are copies.</summary>
public interface ILiveCity
{
    /// <summary>Version of the territory the picture is of; 0 before the first.</summary>
    int TerritoryVersion { get; }

    /// <summary>Units in ascending ordinal order of their ids.</summary>
    /// <param name="area">Code of an area, or null for the whole city with what is outside. An unknown one has no units.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="afterId">Only ids that come after this one; null to start.</param>
    IReadOnlyList<UnitView> Units(string? area, int limit, string? afterId);

    /// <summary>The unit of that id as it was last seen, or null when it is not in the picture.</summary>
    UnitView? Unit(string id);

    /// <summary>Units with a place that is not older than stale, the nearest first, as the crow flies.</summary>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<(UnitView Unit, double Meters)> Nearest(double latitude, double longitude, int limit);

    /// <summary>Ids of open cases that are given to each of some units, the most severe and oldest first.</summary>
    /// <param name="units">Ids of units.</param>
    /// <param name="most">At most so many for each.</param>
    IReadOnlyList<IReadOnlyList<string>> CasesOf(IReadOnlyList<string> units, int most);

    /// <summary>The open case of that id, or null when none is in the picture.</summary>
    CaseRow? Case(string id);

    /// <summary>When a silent grid was last heard, milliseconds since 1970, 0 for never; null for a grid that is not silent or unknown.</summary>
    long? SilentSince(string grid);

    /// <summary>Open cases of a category in some grids, in any order.</summary>
    /// <param name="grids">Codes of grids; unknown ones have no cases.</param>
    /// <param name="category">The category's code.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<CaseRow> Cases(IReadOnlyList<string> grids, string category, int limit);

    /// <summary>Open cases that are given to some, the next deadline first, those without one last.</summary>
    /// <param name="assignees">As in <see cref="CaseRow.Assignee"/>.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<CaseRow> CasesOf(IReadOnlySet<string> assignees, int limit);

    /// <summary>An area's figures, or null if the territory has none of that code. <c>city</c> means the whole city.</summary>
    AreaView? Area(string code);

    /// <summary>Codes of an area's silent grids, ascending; <c>city</c> means the whole city, an unknown area has none.</summary>
    IReadOnlyList<string> SilentGrids(string area);

    /// <summary>What keeps the picture from being whole and true right now; empty when all is well.</summary>
    IReadOnlyList<Trouble> Troubles();
}

/// <summary>A unit as the live view has it.</summary>
/// <param name="Id">The unit's id.</param>
/// <param name="CallSign">What the wall shows.</param>
/// <param name="Squad">Its squad.</param>
/// <param name="Grid">Code of the grid it is in, or <c>outside</c>.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="Longitude">WGS-84 degrees.</param>
/// <param name="MeasuredAtMs">Time of its newest fix, milliseconds since 1970; 0 for one that calls for help and of which no fix is known.</param>
/// <param name="State">By the age of its newest fix.</param>
/// <param name="HeadingDegrees">Clockwise from north; null if unknown.</param>
/// <param name="Marks">What is odd about its newest fix.</param>
/// <param name="BatteryPercent">Percent; null if unknown.</param>
/// <param name="EnteredAtMs">Since when it is in its grid, milliseconds since 1970; 0 if unknown.</param>
/// <param name="SosAtMs">When it called for help and nobody has answered yet, milliseconds since 1970; 0 for no such call.</param>
public sealed record UnitView(
    string Id, string CallSign, string Squad, string Grid, double Latitude, double Longitude, long MeasuredAtMs, UnitState State,
    double? HeadingDegrees, FixMarks Marks, int? BatteryPercent = null, long EnteredAtMs = 0, long SosAtMs = 0)
{
    /// <summary>Somebody knows where it is: of one that calls for help neither a fix nor the call itself may say so.</summary>
    public bool HasPlace => MeasuredAtMs != 0 || Latitude != 0 || Longitude != 0;
}

/// <summary>An area's figures as the live view has them.</summary>
/// <param name="Code">The area's code.</param>
/// <param name="Sums">Cases, units and grids in it.</param>
public sealed record AreaView(string Code, AreaSums Sums);

/// <summary>What keeps the picture from being whole and true.</summary>
/// <param name="Code"><c>store-away</c>, <c>silo-silent</c>, <c>warming</c>, <c>grids-unheard</c> or <c>no-territory</c>.</param>
/// <param name="Detail">Figures to it, such as <c>12/81</c>.</param>
public sealed record Trouble(string Code, string Detail);
