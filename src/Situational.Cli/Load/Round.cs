using System.Globalization;

namespace Situational.Cli.Load;

/// <summary>The places that a unit walks to, one after the other, and the pace at which it does.</summary>
internal sealed class Round
{
    private const int Places = 4;
    private const int Tries = 32;
    private const double MetersPerDegree = 111_195;
    private const double LongestLegMeters = 300;
    private readonly (double Lat, double Lon)[] _places;
    private readonly double _metersPerSecond;
    private int _at;

    private Round((double Lat, double Lon)[] places, double metersPerSecond) => (_places, _metersPerSecond) = (places, metersPerSecond);

    /// <summary>Where it begins.</summary>
    public (double Latitude, double Longitude) Start => _places[0];

    /// <summary>A round on the ground, at 0.8 to 1.8 m/s. Its legs lie in grids and cross no whole degree.</summary>
    public static Round On(Ground ground, Random random)
    {
        var places = new (double Lat, double Lon)[Places];
        places[0] = ground.Anywhere(random);
        for (var i = 1; i < Places; i++)
            places[i] = Next(ground, places[i - 1], i == Places - 1 ? places[0] : null, random);
        return new Round(places, 0.8 + random.NextDouble());
    }

    /// <summary>Puts a unit at the beginning of its round.</summary>
    /// <param name="id">The last eight characters of its id.</param>
    /// <param name="atMs">When it is there.</param>
    public LoadUnit Place(string id, long atMs)
    {
        var unit = new LoadUnit
        {
            Id = Bytes(id),
            AtMs = atMs,
            LatitudeDegrees = Degrees(_places[0].Lat),
            LongitudeDegrees = Degrees(_places[0].Lon),
        };
        _at = Places - 1;
        Turn(ref unit);
        return unit;
    }

    /// <summary>The unit has come to a place and turns to the next.</summary>
    public void Turn(ref LoadUnit unit)
    {
        _at = (_at + 1) % Places;
        var (from, to) = (_places[_at], _places[(_at + 1) % Places]);
        var (north, east) = Meters(from, to);
        unit.LegMs = Math.Max(1_000, (int)(Math.Sqrt(north * north + east * east) / _metersPerSecond * 1_000));
        (unit.Latitude, unit.Longitude) = (Fixed(from.Lat), Fixed(from.Lon));
        unit.LatitudePace = (Fixed(to.Lat) - unit.Latitude) / unit.LegMs;
        unit.LongitudePace = (Fixed(to.Lon) - unit.Longitude) / unit.LegMs;
        var heading = (int)Math.Round((Math.Atan2(east, north) / Math.PI * 180 + 360) % 360) % 360;
        unit.Heading = (uint)Bytes(heading.ToString(CultureInfo.InvariantCulture).PadRight(4));
    }

    private static (double Lat, double Lon) Next(Ground ground, (double Lat, double Lon) from, (double Lat, double Lon)? back, Random random)
    {
        for (var i = 0; i < Tries; i++)
        {
            var meters = (0.2 + 0.8 * random.NextDouble()) * LongestLegMeters / (1 + i / 8);
            var direction = random.NextDouble() * 2 * Math.PI;
            var to = (
                Lat: from.Lat + Math.Cos(direction) * meters / MetersPerDegree,
                Lon: from.Lon + Math.Sin(direction) * meters / (MetersPerDegree * Math.Cos(from.Lat / 180 * Math.PI)));
            if (IsWay(ground, from, to) && (back is null || IsWay(ground, to, back.Value)))
                return to;
        }
        return from;
    }

    private static bool IsWay(Ground ground, (double Lat, double Lon) from, (double Lat, double Lon) to)
    {
        if (Math.Truncate(from.Lat) != Math.Truncate(to.Lat) || Math.Truncate(from.Lon) != Math.Truncate(to.Lon)
            || from.Lat > 0 != to.Lat > 0 || from.Lon > 0 != to.Lon > 0)
            return false;
        for (var i = 1; i <= 8; i++)
            if (!ground.Contains(from.Lat + (to.Lat - from.Lat) * i / 8, from.Lon + (to.Lon - from.Lon) * i / 8))
                return false;
        return true;
    }

    private static (double North, double East) Meters((double Lat, double Lon) from, (double Lat, double Lon) to) =>
        ((to.Lat - from.Lat) * MetersPerDegree, (to.Lon - from.Lon) * MetersPerDegree * Math.Cos(from.Lat / 180 * Math.PI));

    /// <summary>What is after the point, in 1e-7 degrees; a little less than one whole at most.</summary>
    private static long Fixed(double degrees)
    {
        var rest = Math.Abs(degrees) - Math.Truncate(Math.Abs(degrees));
        return (long)(Math.Min(rest, 0.999_999_8) * 1e7 * (1L << LoadUnit.Fraction));
    }

    private static uint Degrees(double degrees) =>
        (uint)Bytes(((degrees < 0 ? "-" : "") + Math.Truncate(Math.Abs(degrees)).ToString(CultureInfo.InvariantCulture)).PadLeft(4));

    /// <summary>Characters as they are written little-endian.</summary>
    private static ulong Bytes(string text)
    {
        var bytes = 0UL;
        for (var i = text.Length - 1; i >= 0; i--)
            bytes = (bytes << 8) | (byte)text[i];
        return bytes;
    }
}
