using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>An invented unit that walks or rides along the street's roads and sends what a phone would send.</summary>
internal sealed class Walker
{
    private const double LikesHome = 0.75;
    private readonly DemoStreet _street;
    private readonly Random _random;
    private readonly int _home;
    private readonly string _id;
    private readonly string _squad;
    private readonly string _callSign;
    private readonly double _speedMetersPerSecond;
    private readonly double _secondsBetweenFixes;
    private IReadOnlyList<GeoPoint> _road;
    private int _from;
    private int _to;
    private int _leg;
    private double _metersIntoLeg;
    private double _pausedSeconds;
    private double _untilFixSeconds;
    private double _battery;
    private double _quietSeconds;

    /// <summary>Puts unit number <paramref name="number"/> of a squad on a crossing of its community.</summary>
    public Walker(DemoStreet street, int squad, int number, int seed)
    {
        _street = street;
        _random = new Random(seed);
        _home = squad;
        _id = $"demo-{squad + 1}-{number:00}";
        _squad = DemoTerritory.Squads[squad];
        var kind = _random.NextDouble();
        _speedMetersPerSecond = kind < 0.7 ? 1.1 + _random.NextDouble() * 0.5 : kind < 0.92 ? 3.5 + _random.NextDouble() * 1.5 : 7 + _random.NextDouble() * 3;
        _callSign = $"{_squad[..2]}{(kind < 0.7 ? "步" : kind < 0.92 ? "骑" : "车")}{number:00}";
        _secondsBetweenFixes = 2 + _random.Next(4);
        _untilFixSeconds = _random.NextDouble() * _secondsBetweenFixes;
        _battery = 45 + _random.Next(55);
        do _from = _random.Next(DemoStreet.Crossings); while (!IsHome(_from));
        var ways = DemoStreet.Neighbours(_from);
        _to = ways[_random.Next(ways.Count)];
        _road = _street.Road(_from, _to);
        _metersIntoLeg = _random.NextDouble() * 80;
    }

    /// <summary>The unit's id.</summary>
    public string Id => _id;

    /// <summary>The squad it belongs to.</summary>
    public string Squad => _squad;

    /// <summary>Percent left in its phone.</summary>
    public double Battery => _battery;

    /// <summary>Whether it is on duty. Off duty it sends nothing, and its phone is charged.</summary>
    public bool OnDuty
    {
        get;
        set
        {
            field = value;
            Heard = value ? Heard : null;
        }
    } = true;

    /// <summary>Where its last fix was; null before the first, and while it is not heard.</summary>
    public GeoPoint? Heard { get; private set; }

    /// <summary>Lets time pass; returns a fix when one is due.</summary>
    public FixRequest? Step(double seconds, DateTimeOffset now)
    {
        if (!OnDuty)
        {
            _battery = Math.Min(100, _battery + seconds / 5);
            return null;
        }
        var walking = _pausedSeconds <= 0;
        if (walking)
            Walk(_speedMetersPerSecond * seconds);
        else
            _pausedSeconds -= seconds;
        _battery = Math.Max(3, _battery - seconds / 600);
        _quietSeconds -= seconds;
        _untilFixSeconds -= seconds;
        if (_untilFixSeconds > 0 || _quietSeconds > 0)
            return null;
        _untilFixSeconds = _secondsBetweenFixes;
        // A tunnel, a cellar, an empty battery: now and then a unit is not heard for some minutes.
        if (_random.NextDouble() < 0.0012)
        {
            _quietSeconds = 60 + _random.NextDouble() * 780;
            Heard = null;
            return null;
        }
        if (_random.NextDouble() < 0.01)
            _pausedSeconds = 15 + _random.NextDouble() * 90;
        var fix = Fix(now, walking);
        Heard = new(fix.Lat, fix.Lon);
        return fix;
    }

    private FixRequest Fix(DateTimeOffset now, bool walking)
    {
        var accuracy = 4 + _random.NextDouble() * 7;
        var (a, b) = (_road[_leg], _road[_leg + 1]);
        var length = DemoStreet.Meters(a, b);
        var share = length > 0 ? Math.Min(1, _metersIntoLeg / length) : 0;
        var at = DemoStreet.Move(
            new GeoPoint(a.Latitude + (b.Latitude - a.Latitude) * share, a.Longitude + (b.Longitude - a.Longitude) * share),
            DemoStreet.Spread(_random, accuracy / 2), DemoStreet.Spread(_random, accuracy / 2)).Rounded();
        var heading = Math.Atan2((b.Longitude - a.Longitude) * Math.Cos(a.Latitude * Math.PI / 180), b.Latitude - a.Latitude) * 180 / Math.PI;
        return new FixRequest(
            _id, at.Latitude, at.Longitude, now, Math.Round(accuracy, 1), walking ? Math.Round(_speedMetersPerSecond, 1) : 0,
            walking ? Math.Round((heading + 360) % 360, 1) % 360 : null, _squad, _callSign, (int)_battery);
    }

    private void Walk(double meters)
    {
        _metersIntoLeg += meters;
        for (var length = LegMeters(); _metersIntoLeg >= length; length = LegMeters())
        {
            _metersIntoLeg -= length;
            if (++_leg < _road.Count - 1)
                continue;
            var turns = DemoStreet.Neighbours(_to).Where(n => n != _from).ToList();
            var homeward = turns.Where(IsHome).ToList();
            if (homeward.Count > 0 && _random.NextDouble() < LikesHome)
                turns = homeward;
            (_from, _to) = (_to, turns[_random.Next(turns.Count)]);
            _road = _street.Road(_from, _to);
            _leg = 0;
        }
    }

    private double LegMeters() => DemoStreet.Meters(_road[_leg], _road[_leg + 1]);

    private bool IsHome(int crossing)
    {
        var (x, y) = (crossing % (DemoStreet.Columns + 1), crossing / (DemoStreet.Columns + 1));
        return x < DemoStreet.Columns && y < DemoStreet.Rows && DemoStreet.CommunityOf(x, y) == _home;
    }
}
