using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Union;

namespace Situational.Cli.Tests.Austin;

/// <summary>
/// Who ends the day where, reckoned without any of the product's code: plain NetTopologySuite, one loop. The rule is the one of the
/// domain's documentation: a vehicle belongs to the neighbourhood where its first fix lies; it changes when a fix lies outside by more than
/// 30 m, or two in a row by more than 15 m, or when it has been inside the same other one for a minute. Several neighbourhoods over one
/// point: the lowest code owns it. Outside of all counts as one more neighbourhood, whose shape is everything else.
/// </summary>
internal sealed class AustinReckoning
{
    private const double MarginMeters = 15;
    private readonly List<(string Code, IPreparedGeometry Prepared)> _grids;
    private readonly Geometry _all;

    /// <param name="grids">Code and shape of every neighbourhood.</param>
    public AustinReckoning(IEnumerable<(string Code, Geometry Shape)> grids)
    {
        _grids = [.. grids.OrderBy(g => g.Code, StringComparer.Ordinal).Select(g => (g.Code, PreparedGeometryFactory.Prepare(g.Shape)))];
        _all = UnaryUnionOp.Union(_grids.Select(g => g.Prepared.Geometry).ToList());
    }

    /// <summary>Vehicles at the end of the day.</summary>
    public Dictionary<string, Vehicle> Vehicles { get; } = new(StringComparer.Ordinal);

    /// <summary>Fixes that lie in no neighbourhood, the repeated ones among them.</summary>
    public int Outside { get; private set; }

    /// <summary>Fixes of the same second as the one before of the same vehicle.</summary>
    public int Repeated { get; private set; }

    /// <summary>Fixes at latitude and longitude 0, which say that the receiver had no position; they count for nothing.</summary>
    public int Refused { get; private set; }

    /// <summary>Fixes that became their vehicle's newest.</summary>
    public int Moved { get; private set; }

    /// <summary>Goes through the day in the order of time; fixes of one time stay in the file's order.</summary>
    public void Go(IEnumerable<AustinFix> fixes)
    {
        foreach (var fix in fixes.OrderBy(f => f.At))
        {
            if (fix is { Latitude: 0, Longitude: 0 })
            {
                Refused++;
                continue;
            }
            var here = Owner(fix);
            if (here is null)
                Outside++;
            if (!Vehicles.TryGetValue(fix.Vehicle, out var vehicle))
            {
                Moved++;
                Vehicles.Add(fix.Vehicle, new Vehicle { Squad = fix.Route, Last = fix, Grid = here, Other = here });
            }
            else if (fix.At == vehicle.Last.At)
            {
                Repeated++;
            }
            else
            {
                Moved++;
                vehicle.Last = fix;
                Move(vehicle, here);
            }
        }
    }

    private void Move(Vehicle vehicle, string? here)
    {
        var meters = here == vehicle.Grid ? 0 : MetersOutOf(vehicle.Grid, vehicle.Last);
        var beyond = meters > MarginMeters;
        var changes = (beyond && vehicle.Beyond) || meters > 2 * MarginMeters
            || (here != vehicle.Grid && here == vehicle.Other && vehicle.Last.At - vehicle.OtherSince >= TimeSpan.FromMinutes(1));
        if (here == vehicle.Grid || changes)
        {
            (vehicle.Grid, vehicle.Other, vehicle.Beyond) = (here, here, false);
            return;
        }
        if (here != vehicle.Other)
            (vehicle.Other, vehicle.OtherSince) = (here, vehicle.Last.At);
        vehicle.Beyond = beyond;
    }

    private string? Owner(AustinFix fix)
    {
        var point = new Point(fix.Longitude, fix.Latitude);
        foreach (var (code, prepared) in _grids)
            if (prepared.Covers(point))
                return code;
        return null;
    }

    /// <summary>Metres from a point to the nearest one of a grid, or, where the grid is the outside, to the nearest border of all.</summary>
    private double MetersOutOf(string? grid, AustinFix fix)
    {
        var target = grid is null ? _all.Boundary : _grids.Single(g => g.Code == grid).Prepared.Geometry;
        // A plane around the point: metres east and north, on the radii of the WGS-84 ellipsoid at its latitude.
        var radians = fix.Latitude * Math.PI / 180;
        var w = 1 - 0.00669437999014 * Math.Sin(radians) * Math.Sin(radians);
        var north = 6_378_137 * (1 - 0.00669437999014) / Math.Pow(w, 1.5) * Math.PI / 180;
        var east = 6_378_137 / Math.Sqrt(w) * Math.Cos(radians) * Math.PI / 180;
        var plane = AffineTransformation.TranslationInstance(-fix.Longitude, -fix.Latitude).Scale(east, north);
        return plane.Transform(target).Distance(new Point(0, 0));
    }

    /// <summary>A vehicle at the end of the day.</summary>
    public sealed class Vehicle
    {
        /// <summary>Its first route: squads stay.</summary>
        public required string Squad { get; init; }

        /// <summary>Its newest fix.</summary>
        public required AustinFix Last { get; set; }

        /// <summary>Code of the neighbourhood it belongs to, or null outside of all.</summary>
        public required string? Grid { get; set; }

        /// <summary>The other one in which its latest fixes lay, and since when.</summary>
        public required string? Other { get; set; }

        public DateTimeOffset OtherSince { get; set; }

        /// <summary>Its newest fix lies outside by more than the margin.</summary>
        public bool Beyond { get; set; }
    }
}
