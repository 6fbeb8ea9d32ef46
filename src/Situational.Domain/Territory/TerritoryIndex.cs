using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace Situational.Domain.Territory;

/// <summary>Answers which grid owns a point. Immutable, safe for all threads.</summary>
public sealed class TerritoryIndex
{
    private readonly IndexedPointInAreaLocator[] _locators;

    /// <summary>Prepares the index.</summary>
    public TerritoryIndex(CityTerritory territory)
    {
        Territory = territory;
        _locators = [.. territory.Grids.Select(g => new IndexedPointInAreaLocator(g.Geometry))];
    }

    /// <summary>The territory it answers for.</summary>
    public CityTerritory Territory { get; }

    /// <summary>Ordinal of the grid that owns the point, or -1: of several that cover it the one with the lowest code.</summary>
    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    public int Locate(double latitude, double longitude)
    {
        for (var i = 0; i < _locators.Length; i++)
            if (_locators[i].Locate(new Coordinate(longitude, latitude)) != Location.Exterior)
                return i;
        return -1;
    }

    /// <summary>How far outside a grid the point lies, in metres on the local plane; 0 inside or on its border.</summary>
    public double OutsideByMeters(int ordinal, double latitude, double longitude) =>
        _locators[ordinal].Locate(new Coordinate(longitude, latitude)) != Location.Exterior
            ? 0
            : Territory.Grids[ordinal].Geometry.Distance(new Point(longitude, latitude)) * 111_195;

    /// <summary>The nearest grid to a point and its distance in metres; ordinal -1 in an empty territory.</summary>
    public (int Ordinal, double Meters) Nearest(double latitude, double longitude)
    {
        var best = (Ordinal: -1, Meters: double.PositiveInfinity);
        for (var i = 0; i < _locators.Length; i++)
        {
            var meters = OutsideByMeters(i, latitude, longitude);
            if (meters < best.Meters)
                best = (i, meters);
        }
        return best;
    }
}
