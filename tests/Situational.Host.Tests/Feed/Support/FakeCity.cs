using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;
using Situational.Contracts.Feed;
using Situational.Domain.Cases;
using Situational.Domain.Patrols;
using Situational.Domain.Territory;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>
/// A city of square grids as the grains would keep it: the truth that live views and screens are held against. Each call tells what
/// the grids would publish. Safe for all threads.
/// </summary>
internal sealed class FakeCity : ICitySource
{
    public const double Step = 0.01;
    public const double South = 31.0;
    public const double West = 121.0;
    public const long StartMs = 1_790_000_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FakeGrid> _grids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unitGrid = new(StringComparer.Ordinal);
    private int _side;
    private long _sequence;
    private long _cases;

    public FakeCity(int side = 4, int version = 1)
    {
        _side = side;
        Territory = Squares(side, version, _ => true);
        foreach (var grid in Territory.Grids)
            _grids.Add(grid.Code, new FakeGrid(grid.Code, version, Random.Shared.NextInt64(1, 1L << 53), StartMs));
        _grids.Add(FeedNames.Outside, new FakeGrid(FeedNames.Outside, version, Random.Shared.NextInt64(1, 1L << 53), StartMs));
    }

    public CityTerritory Territory { get; private set; }

    public int StatesAsked { get; private set; }

    public int Renewals { get; private set; }

    public ILiveViewObserver? Observer { get; private set; }

    /// <summary>Set to let asks fail.</summary>
    public bool Away { get; set; }

    /// <summary>Grids that are not settled.</summary>
    public int Unsettled { get; set; }

    public IReadOnlyCollection<string> Codes => _grids.Keys;

    public FakeGrid this[string code] => _grids[code];

    public static string Code(int row, int column) => $"310000{row:D3}{column:D3}";

    /// <summary>Moves a unit; what its grids would publish, the one left first.</summary>
    public List<GridChange> Move(
        string unit, double latitude, double longitude, UnitState state = UnitState.Live, FixMarks marks = FixMarks.None, sbyte battery = -1,
        long sosAtMs = 0)
    {
        lock (_gate)
        {
            var changes = new List<GridChange>(2);
            var sequence = ++_sequence;
            var target = CodeAt(latitude, longitude);
            if (_unitGrid.TryGetValue(unit, out var before) && before != target)
                changes.Add(_grids[before].Leave(unit, sequence));
            _unitGrid[unit] = target;
            changes.Add(_grids[target].Present(new UnitRow(
                unit, sequence, "squad-1", "号" + unit, latitude, longitude, sequence % 360, (byte)state, (byte)marks, StartMs + sequence,
                battery, StartMs + sequence - 1, sosAtMs)));
            return changes;
        }
    }

    public GridChange Open(double latitude, double longitude, int severity, out string id)
    {
        lock (_gate)
        {
            var code = CodeAt(latitude, longitude);
            id = string.Create(CultureInfo.InvariantCulture, $"{code}-{++_cases}");
            return _grids[code].Open(new CaseRow(id, "road.pothole", (byte)severity, 1, latitude, longitude, StartMs + _cases, 0));
        }
    }

    public GridChange Advance(string id, Func<CaseRow, CaseRow> step)
    {
        lock (_gate)
            return _grids[id[..id.IndexOf('-')]].Advance(id, step);
    }

    public GridChange Close(string id, Stage stage = Stage.Closed)
    {
        lock (_gate)
            return _grids[id[..id.IndexOf('-')]].Close(id, stage);
    }

    public List<GridChange> SayAll()
    {
        lock (_gate)
            return [.. _grids.Values.Select(g => g.Say())];
    }

    /// <summary>Puts another territory in force: squares as before, with another side and without some. Grids that stay do not know it yet.</summary>
    public void Reform(int side, int version, Func<string, bool> keep)
    {
        lock (_gate)
        {
            _side = side;
            Territory = Squares(side, version, keep);
            var codes = Territory.Grids.Select(g => g.Code).Append(FeedNames.Outside).ToHashSet();
            foreach (var gone in _grids.Keys.Where(code => !codes.Contains(code)).ToList())
                _grids.Remove(gone);
            foreach (var code in codes.Where(code => !_grids.ContainsKey(code)))
                _grids.Add(code, new FakeGrid(code, version, Random.Shared.NextInt64(1, 1L << 53), StartMs));
        }
    }

    /// <summary>Every grid hears of the territory in force and says so.</summary>
    public List<GridChange> Learn()
    {
        lock (_gate)
        {
            var words = new List<GridChange>();
            foreach (var grid in _grids.Values)
            {
                var news = grid.Territory != Territory.Version;
                grid.Territory = Territory.Version;
                words.Add(grid.Say(changed: news));
            }
            return words;
        }
    }

    public T Do<T>(Func<FakeCity, T> what)
    {
        lock (_gate)
            return what(this);
    }

    public Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken)
    {
        Observer = observer;
        Renewals++;
        return Away ? Task.FromException(new TimeoutException("away")) : Task.CompletedTask;
    }

    public Task LeaveAsync(string node, CancellationToken cancellationToken)
    {
        Observer = null;
        return Task.CompletedTask;
    }

    public Task<TerritoryStanding> StandingAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new TerritoryStanding(Territory.Version, Unsettled));

    public Task<GridChange> StateAsync(string grid, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            StatesAsked++;
            return Away ? Task.FromException<GridChange>(new TimeoutException("away")) : Task.FromResult(_grids[grid].Say());
        }
    }

    /// <summary>The truth of an area in the words of <see cref="Testing.FeedPicture.Describe"/>, written without the server's writer.</summary>
    public string Describe(string area = "310000", bool units = true, Func<double, double, bool>? inBox = null)
    {
        lock (_gate)
        {
            var codes = Territory.GridsUnder(area).Select(i => Territory.Grids[i].Code).ToList();
            var grids = codes.Count;
            if (area == Territory.City.Code)
                codes.Add(FeedNames.Outside);
            codes.Sort(StringComparer.Ordinal);
            var chosen = codes.Select(c => _grids[c]).ToList();
            var digest = chosen.Aggregate(0u, (sum, g) => unchecked(sum + FeedDigest.Mix(g.Code, g.Revision)));
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"territory {Territory.Version} digest {FeedDigest.Format(digest)}\n");
            foreach (var g in chosen)
            {
                var s = g.Summary;
                text.Append(CultureInfo.InvariantCulture, $"grid [\"{g.Code}\",{g.Revision},{s.Risk},{s.Score},{(s.Silent ? 1 : 0)},{s.HeardAtMs},{s.Red},{s.Orange},{s.Yellow},{s.Blue},{s.Overdue},{s.Units}]\n");
            }
            bool Inside(double latitude, double longitude) => inBox is null || inBox(latitude, longitude);
            if (units)
                foreach (var (u, g) in chosen.SelectMany(g => g.Units.Values.Select(u => (u, g))).OrderBy(p => p.u.Unit, StringComparer.Ordinal))
                    if (Inside(u.Latitude, u.Longitude))
                        text.Append(CultureInfo.InvariantCulture, $"unit [\"{u.Unit}\",{E6(u.Latitude)},{E6(u.Longitude)},{(int)u.HeadingDegrees},{u.State},{u.MeasuredAtMs},\"{g.Code}\",\"{u.Squad}\",\"{u.CallSign}\",{u.Marks},{u.BatteryPercent},{u.EnteredAtMs},{u.SosAtMs}]\n");
            foreach (var (c, g) in chosen.SelectMany(g => g.Cases.Values.Select(c => (c, g))).OrderBy(p => p.c.Id, StringComparer.Ordinal))
                if (Inside(c.Latitude, c.Longitude))
                    text.Append(CultureInfo.InvariantCulture, $"case [\"{c.Id}\",\"{g.Code}\",\"{c.Category}\",{c.Severity},{c.Stage},{E6(c.Latitude)},{E6(c.Longitude)},{c.ReportedAtMs},{c.DueAtMs},{c.Level},{c.Escalations},\"{c.Whistle}\",{c.Called},{c.Arrived},{c.WhistledAtMs},\"{c.Assignee}\"]\n");
            int Sum(Func<FakeGrid, int> what) => chosen.Sum(what);
            int State(UnitState state) => Sum(g => g.Units.Values.Count(u => u.State == (byte)state));
            int Cases(Func<CaseRow, bool> which) => Sum(g => g.Cases.Values.Count(which));
            text.Append(CultureInfo.InvariantCulture, $"approaching {Cases(c => c.Level == 1)}\nblue {Sum(g => g.Summary.Blue)}\nescalated {Cases(c => c.Escalations > 0)}\ngone {State(UnitState.Gone)}\ngrids {grids}\nlate {State(UnitState.Late)}\nlive {State(UnitState.Live)}\n");
            text.Append(CultureInfo.InvariantCulture, $"orange {Sum(g => g.Summary.Orange)}\noverdue {Cases(c => c.Level >= 2)}\noverdueTwice {Cases(c => c.Level == 3)}\nred {Sum(g => g.Summary.Red)}\nsilent {Sum(g => g.Silent ? 1 : 0)}\nstale {State(UnitState.Stale)}\nwhistles {Cases(c => c.Whistle is not null)}\nyellow {Sum(g => g.Summary.Yellow)}\n");
            return text.ToString();
        }
    }

    private static CityTerritory Squares(int side, int version, Func<string, bool> keep)
    {
        var factory = GeometryFactory.Default;
        var areas = new List<Area> { new("310000", "城市 City", "city", null, Square(factory, 0, 0, side)) };
        for (var row = 0; row < side; row++)
            areas.Add(new Area($"310000{row:D3}", $"Row {row}", "street", "310000", factory.CreatePolygon()));
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                if (keep(Code(row, column)))
                    areas.Add(new Area(Code(row, column), $"Grid {row}/{column}", "grid", $"310000{row:D3}", Square(factory, row, column, 1)));
        areas.RemoveAll(area => area.Level == "street" && !areas.Exists(grid => grid.Parent == area.Code));
        return new CityTerritory(version, ["city", "street", "grid"], areas);
    }

    private static long E6(double degrees) => (long)Math.Round(degrees * 1e6);

    private string CodeAt(double latitude, double longitude)
    {
        var row = (int)Math.Floor((latitude - South) / Step);
        var column = (int)Math.Floor((longitude - West) / Step);
        return row >= 0 && row < _side && column >= 0 && column < _side ? Code(row, column) : FeedNames.Outside;
    }

    private static Polygon Square(GeometryFactory factory, int row, int column, int cells)
    {
        var (south, west) = (South + row * Step, West + column * Step);
        var (north, east) = (south + cells * Step, west + cells * Step);
        return factory.CreatePolygon([new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]);
    }
}
