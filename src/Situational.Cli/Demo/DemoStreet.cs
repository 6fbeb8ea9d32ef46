namespace Situational.Cli.Demo;

/// <summary>
/// An invented street (街道): 8 communities, 80 irregular grids of at most 0.2 km², and the roads between them.
/// A warped lattice of crossings: roads are the lattice's edges, bent, and each grid is what four roads enclose, so that
/// neighbours share their border to the last digit. The same seed gives the same street.
/// </summary>
internal sealed class DemoStreet
{
    /// <summary>Columns of grids.</summary>
    public const int Columns = 10;

    /// <summary>Rows of grids.</summary>
    public const int Rows = 8;

    /// <summary>Middle of the street, degrees.</summary>
    public const double CenterLatitude = 22.7561, CenterLongitude = 113.9187;

    private const double WidestCellMeters = 405;
    private const double LargestGridSquareMeters = 200_000;
    private const double NodeJitter = 0.13;
    private const double BendMeters = 16;
    private const int PointsPerRoad = 5;
    private const double MetersPerDegree = 111_195;
    private static readonly double MetersPerDegreeOfLongitude = MetersPerDegree * Math.Cos(CenterLatitude * Math.PI / 180);
    private readonly GeoPoint[,] _crossings = new GeoPoint[Columns + 1, Rows + 1];
    private readonly Dictionary<(int From, int To), GeoPoint[]> _roads = [];

    private DemoStreet(int seed, double cellMeters)
    {
        var random = new Random(seed);
        for (var x = 0; x <= Columns; x++)
            for (var y = 0; y <= Rows; y++)
                _crossings[x, y] = Place(
                    (x - Columns / 2.0 + Spread(random, NodeJitter)) * cellMeters,
                    (y - Rows / 2.0 + Spread(random, NodeJitter)) * cellMeters).Rounded();
        for (var x = 0; x <= Columns; x++)
            for (var y = 0; y <= Rows; y++)
            {
                if (x < Columns)
                    AddRoad(Node(x, y), Node(x + 1, y), random);
                if (y < Rows)
                    AddRoad(Node(x, y), Node(x, y + 1), random);
            }
    }

    /// <summary>Builds the street of a seed, as wide as the limit on a grid's area lets it be.</summary>
    public static DemoStreet Build(int seed)
    {
        for (var cell = WidestCellMeters; ; cell *= 0.99)
        {
            var street = new DemoStreet(seed, cell);
            if (street.LargestSquareMeters() <= LargestGridSquareMeters)
                return street;
        }
    }

    /// <summary>Number of crossings.</summary>
    public static int Crossings => (Columns + 1) * (Rows + 1);

    /// <summary>Where a crossing is.</summary>
    public GeoPoint Crossing(int node) => _crossings[node % (Columns + 1), node / (Columns + 1)];

    /// <summary>Crossings one road away.</summary>
    public static IReadOnlyList<int> Neighbours(int node)
    {
        var (x, y) = (node % (Columns + 1), node / (Columns + 1));
        var result = new List<int>(4);
        if (x > 0) result.Add(Node(x - 1, y));
        if (x < Columns) result.Add(Node(x + 1, y));
        if (y > 0) result.Add(Node(x, y - 1));
        if (y < Rows) result.Add(Node(x, y + 1));
        return result;
    }

    /// <summary>The road between two neighbouring crossings, both ends included, from the first to the second.</summary>
    public IReadOnlyList<GeoPoint> Road(int from, int to) =>
        _roads.TryGetValue((from, to), out var road) ? road : [.. _roads[(to, from)].Reverse()];

    /// <summary>The closed ring of a grid, counter-clockwise.</summary>
    public IReadOnlyList<GeoPoint> Ring(int column, int row)
    {
        int[] corners = [Node(column, row), Node(column + 1, row), Node(column + 1, row + 1), Node(column, row + 1)];
        var ring = new List<GeoPoint>();
        for (var i = 0; i < 4; i++)
            ring.AddRange(Road(corners[i], corners[(i + 1) % 4]).SkipLast(1));
        ring.Add(ring[0]);
        return ring;
    }

    /// <summary>Which of the 8 communities a grid belongs to: western ones lie in bands, eastern ones wind along columns.</summary>
    public static int CommunityOf(int column, int row)
    {
        const int half = Columns / 2;
        if (column < half)
            return row / 2;
        var along = (column - half) * Rows + ((column - half) % 2 == 0 ? row : Rows - 1 - row);
        return 4 + along / 10;
    }

    /// <summary>Metres between two points of the street, on its local plane.</summary>
    public static double Meters(GeoPoint a, GeoPoint b)
    {
        var north = (a.Latitude - b.Latitude) * MetersPerDegree;
        var east = (a.Longitude - b.Longitude) * MetersPerDegreeOfLongitude;
        return Math.Sqrt(north * north + east * east);
    }

    /// <summary>A point moved on the local plane.</summary>
    public static GeoPoint Move(GeoPoint from, double eastMeters, double northMeters) =>
        new(from.Latitude + northMeters / MetersPerDegree, from.Longitude + eastMeters / MetersPerDegreeOfLongitude);

    /// <summary>A number between -most and +most.</summary>
    public static double Spread(Random random, double most) => (random.NextDouble() * 2 - 1) * most;

    private double LargestSquareMeters()
    {
        var largest = 0.0;
        for (var column = 0; column < Columns; column++)
            for (var row = 0; row < Rows; row++)
            {
                var ring = Ring(column, row);
                var twice = 0.0;
                for (var i = 0; i < ring.Count - 1; i++)
                    twice += (ring[i].Longitude - CenterLongitude) * (ring[i + 1].Latitude - CenterLatitude)
                        - (ring[i + 1].Longitude - CenterLongitude) * (ring[i].Latitude - CenterLatitude);
                largest = Math.Max(largest, Math.Abs(twice) / 2 * MetersPerDegree * MetersPerDegreeOfLongitude);
            }
        return largest;
    }

    private static int Node(int x, int y) => y * (Columns + 1) + x;

    /// <summary>Turns and bends the plane so that the street does not look like a chessboard; lengths change by a few per cent only.</summary>
    private static GeoPoint Place(double east, double north)
    {
        var bentEast = east + 130 * Math.Sin(north / 1100) + 45 * Math.Sin(north / 430 + 1.3);
        var bentNorth = north + 150 * Math.Sin(east / 1300 + 0.6) + 40 * Math.Sin(east / 470);
        const double turn = 0.21;
        return Move(
            new GeoPoint(CenterLatitude, CenterLongitude),
            bentEast * Math.Cos(turn) - bentNorth * Math.Sin(turn),
            bentEast * Math.Sin(turn) + bentNorth * Math.Cos(turn));
    }

    private void AddRoad(int from, int to, Random random)
    {
        var (a, b) = (Crossing(from), Crossing(to));
        var bend = Spread(random, BendMeters);
        var length = Meters(a, b);
        var across = (East: -(b.Latitude - a.Latitude) * MetersPerDegree / length, North: (b.Longitude - a.Longitude) * MetersPerDegreeOfLongitude / length);
        var road = new GeoPoint[PointsPerRoad];
        for (var i = 0; i < PointsPerRoad; i++)
        {
            var t = i / (PointsPerRoad - 1.0);
            var off = bend * Math.Sin(t * Math.PI);
            var straight = new GeoPoint(a.Latitude + (b.Latitude - a.Latitude) * t, a.Longitude + (b.Longitude - a.Longitude) * t);
            road[i] = i == 0 ? a : i == PointsPerRoad - 1 ? b : Move(straight, across.East * off, across.North * off).Rounded();
        }
        _roads[(from, to)] = road;
    }
}
