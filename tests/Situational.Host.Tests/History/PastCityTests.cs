using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Domain.Risk;
using Situational.Domain.Territory;
using Situational.Host.History;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.History;

/// <summary>The picture of the past against the plainest count of the same rows and points.</summary>
public sealed class PastCityTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly PastRules Rules = new(new RiskRules(), TimeSpan.FromMinutes(30), AgeLimits.Default);
    private static readonly CityTerritory City = TerritoryReader.Read(SmallCity.GeoJson(), new TerritoryReadOptions(), 1).Territory!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Picture_AtAnyMoment_IsWhatThePlainCountGives(int seed)
    {
        var random = new Random(seed);
        var past = Invent(random);
        for (var i = 0; i < 40; i++)
        {
            var at = Begin.AddMilliseconds(random.Next(72 * 3_600_000));
            using var frames = new PastFrames(View(SmallCity.City));

            Assert.Equal(Count(past, at), Describe(Picture(frames, Read(past, at, toldOneByOne: i % 3))));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Playing_FromAnyMomentInAnySteps_ArrivesAtThePictureOfEach(int seed)
    {
        var random = new Random(seed);
        var past = Invent(random);
        for (var i = 0; i < 10; i++)
        {
            var at = Begin.AddMilliseconds(random.Next(70 * 3_600_000));
            var city = Read(past, at);
            using var frames = new PastFrames(View(SmallCity.City));
            var screen = Picture(frames, city);
            for (var step = 0; step < 20; step++)
            {
                var to = at.AddMilliseconds(random.Next(1, 20 * 60_000));
                foreach (var row in past.Rows.Where(r => r.From > at && r.From <= to))
                    city.Apply(row);
                foreach (var point in past.Points.Where(p => p.At > at && p.At <= to))
                    city.Apply(point);
                city.Settle(at = to);
                screen.Apply(JsonDocument.Parse(frames.Next(city).Json).RootElement);

                Assert.Equal(Count(past, at), Describe(screen));
            }
            Assert.Empty(screen.Breaches);
            Assert.Equal((1, 20), (screen.Snapshots, screen.Deltas));
        }
    }

    [Fact]
    public void Ticker_OfAMoment_SaysWhatHappenedInTheLookBackWithItsTimes()
    {
        var past = new FakePast();
        var one = Case("110000001001001-1", Begin, Stage.Reported);
        past.Rows.Add(one);
        past.Rows.Add(one with { Stage = Stage.Accepted, From = Begin.AddMinutes(5) });
        past.Rows.Add(one with { Stage = Stage.Accepted, Level = DeadlineLevel.Overdue, From = Begin.AddMinutes(9) });
        past.Rows.Add(one with { Stage = Stage.Rejected, From = Begin.AddMinutes(12) });
        using var frames = new PastFrames(View(SmallCity.City));

        var screen = Picture(frames, Read(past, Begin.AddMinutes(20)));

        Assert.Equal(
            [("reported", 0L), ("accepted", 5), ("overdue", 9), ("rejected", 12)],
            screen.Events.Select(e => (e.Text(1), (e.Number(0) - Begin.ToUnixTimeMilliseconds()) / 60_000)));
        Assert.Empty(screen.Cases);
    }

    [Fact]
    public void Unit_ThatWentOffDuty_IsOnNoMapUntilItIsHeardAgain()
    {
        var past = new FakePast();
        past.Points.Add(Point("u1", Begin, 0));
        past.Points.Add(Point("u1", Begin.AddMinutes(1), 0) with { Ends = true });
        past.Points.Add(Point("u1", Begin.AddMinutes(3), 1));
        var city = Read(past, Begin);
        using var frames = new PastFrames(View(SmallCity.City));
        var screen = Picture(frames, city);
        Assert.Single(screen.Units);

        Bring(past, city, screen, frames, Begin.AddMinutes(2));
        Assert.Empty(screen.Units);
        Assert.Equal(0, screen.Grids[SmallCity.Grids[0]].Number(11));

        Bring(past, city, screen, frames, Begin.AddMinutes(3));
        Assert.Equal(SmallCity.Grids[1], screen.Units["u1"].Text(6));
        using var other = new PastFrames(View(SmallCity.City));
        Assert.Empty(Picture(other, Read(past, Begin.AddMinutes(2))).Units);
    }

    [Fact]
    public void Area_OfOneGrid_HasItsRowsAndSumsAlone()
    {
        var past = new FakePast();
        past.Rows.Add(Case("110000001001001-1", Begin, Stage.Reported));
        past.Rows.Add(Case("110000001001002-1", Begin, Stage.Reported));
        past.Points.Add(Point("u1", Begin, 0));
        past.Points.Add(Point("u2", Begin, 1));
        using var frames = new PastFrames(View(SmallCity.Grids[1]));

        var screen = Picture(frames, Read(past, Begin.AddSeconds(1), View(SmallCity.Grids[1])));

        Assert.Equal(["110000001001002-1"], screen.Cases.Keys);
        Assert.Equal(["u2"], screen.Units.Keys);
        Assert.Equal((1, 1, 1), (screen.Totals["red"], screen.Totals["live"], screen.Totals["grids"]));
    }

    [Fact]
    public void CasesOfGridsThatTheTerritoryLacks_AreTrouble()
    {
        var past = new FakePast();
        past.Rows.Add(Case("110000001001001-1", Begin, Stage.Reported) with { Grid = "110000001001009" });
        using var frames = new PastFrames(View(SmallCity.City));

        Assert.Equal(["cases-moving 1"], Picture(frames, Read(past, Begin.AddSeconds(1))).Troubles);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UnitThatFellSilent_IsNamedByNoEvent_WhereUnitsAreWithheld(bool withheld)
    {
        var past = new FakePast();
        past.Points.Add(Point("u1", Begin, 0));
        var view = new PastView(SmallCity.City, !withheld, null, withheld);
        var city = Read(past, Begin, view);
        using var frames = new PastFrames(view);
        var screen = Picture(frames, city);
        var live = screen.Totals["live"];

        Bring(past, city, screen, frames, Begin.AddHours(2));

        Assert.Equal(withheld ? 0 : 1, screen.Events.Count(e => e.Text(2) == "u1"));
        Assert.Equal(withheld ? ["past-units-withheld"] : [], screen.Troubles);
        Assert.Equal((1, 1), (live, screen.Totals["gone"]));
    }

    [Fact]
    public void Picture_OfAMomentOfWhichNoTrailsAreKept_SaysSoAndTakesNoGridForSilent()
    {
        var (view, kept) = (View(SmallCity.City), Begin.AddHours(6));
        var city = new PastCity(City, view, Rules, new Names(), Begin, kept);
        city.Begin(Begin, [], [], [], [], Begin.AddHours(5));
        using var frames = new PastFrames(view);
        var screen = Picture(frames, city);
        Assert.Equal(("units-not-kept", 0), (Assert.Single(screen.Troubles), screen.Totals["silent"]));

        // From then on it is known who was there, and after the limit that nobody was.
        Bring(new FakePast(), city, screen, frames, kept);
        Assert.Equal((0, 0), (screen.Troubles.Count, screen.Totals["silent"]));
        Bring(new FakePast(), city, screen, frames, kept + Rules.Silence + TimeSpan.FromSeconds(1));
        Assert.Equal(4, screen.Totals["silent"]);
    }

    private static PastView View(string area) => new(area, true, null);

    private static PastCity Read(FakePast past, DateTimeOffset at, PastView? view = null, int toldOneByOne = 2_000)
    {
        var from = at - Rules.LookBack;
        var city = new PastCity(City, view ?? View(SmallCity.City), Rules, new Names(), Begin) { ToldOneByOne = toldOneByOne };
        city.Begin(
            from, [.. past.OpenAt(from)], [.. past.Rows.Where(r => r.From > from && r.From <= at)],
            [.. past.Points.Where(p => p.At >= at.AddHours(-24) && p.At <= at).GroupBy(p => p.Unit).Select(g => g.Last())],
            [.. past.Points.Where(p => p.At >= from && p.At <= at).GroupBy(p => p.Grid).Select(g => new GridHeard(g.Key, g.Max(p => p.At)))], at);
        return city;
    }

    private static FeedPicture Picture(PastFrames frames, PastCity city)
    {
        var screen = new FeedPicture();
        screen.Apply(JsonDocument.Parse(frames.Next(city).Json).RootElement);
        Assert.Empty(screen.Breaches);
        return screen;
    }

    private static void Bring(FakePast past, PastCity city, FeedPicture screen, PastFrames frames, DateTimeOffset to)
    {
        foreach (var row in past.Rows.Where(r => r.From > city.At && r.From <= to))
            city.Apply(row);
        foreach (var point in past.Points.Where(p => p.At > city.At && p.At <= to))
            city.Apply(point);
        city.Settle(to);
        screen.Apply(JsonDocument.Parse(frames.Next(city).Json).RootElement);
    }

    /// <summary>What a screen shows, but for grids' revisions and what follows from them; of grids when they were last heard only within the look-back.</summary>
    private static string Describe(FeedPicture screen) => string.Join('\n',
    [
        .. screen.Cases.Values.Select(c => c.ToString()).Order(StringComparer.Ordinal),
        .. screen.Units.Values.Select(u => $"{u.Text(0)} {u.Number(1)} {u.Number(2)} {u.Number(4)} {u.Number(5)} {u.Text(6)} {u.Text(7)} {u.Text(8)}").Order(StringComparer.Ordinal),
        .. screen.Grids.Values.Where(g => g.Text(0) != "outside").Select(g =>
            $"{g.Text(0)} {g.Number(2)} {g.Real(3)} {g.Number(4)} {g.Number(6)} {g.Number(7)} {g.Number(8)} {g.Number(9)} {g.Number(10)} {g.Number(11)}").Order(StringComparer.Ordinal),
        .. screen.Totals.Select(t => $"{t.Key} {t.Value}"),
    ]);

    private static string Count(FakePast past, DateTimeOffset at)
    {
        var atMs = at.ToUnixTimeMilliseconds();
        var open = past.OpenAt(at).ToArray();
        var points = past.Points.Where(p => p.At <= at).GroupBy(p => p.Unit).Select(g => g.Last()).Where(p => !p.Ends && p.At >= at.AddHours(-24)).ToArray();
        var rows = open.Select(c =>
        {
            var due = c.DueAt ?? (c.Stage == Stage.Suspended ? null : c.ReportedAt + Rules.Risk.LimitOf(c.Severity));
            var level = c.DueAt is null && c.Stage != Stage.Suspended ? at > due ? 2 : 0 : (int)c.Level;
            return (Case: c, Due: due, Level: level);
        }).ToArray();
        var lines = new List<string>();
        lines.AddRange(rows.Select(r => JsonSerializer.Serialize(new object[]
        {
            r.Case.Id, r.Case.Grid, r.Case.Category, (int)r.Case.Severity, (int)r.Case.Stage, Micro(r.Case.Latitude), Micro(r.Case.Longitude),
            r.Case.ReportedAt.ToUnixTimeMilliseconds(), r.Due?.ToUnixTimeMilliseconds() ?? 0, r.Level, r.Case.Escalations, r.Case.Whistle ?? "",
            r.Case.Called, r.Case.Arrived, r.Case.WhistledAt?.ToUnixTimeMilliseconds() ?? 0,
            r.Case.Assignee is { } to ? $"{to.Kind.ToString().ToLowerInvariant()}:{to.Id}" : "",
        })).Order(StringComparer.Ordinal));
        var states = points.ToDictionary(p => p.Unit, p => (int)UnitStates.ByAge(atMs - p.At.ToUnixTimeMilliseconds(), AgeLimits.Default));
        lines.AddRange(points.Select(p =>
            $"{p.Unit} {Micro(p.Latitude)} {Micro(p.Longitude)} {states[p.Unit]} {p.At.ToUnixTimeMilliseconds()} {p.Grid} squad of {p.Unit}").Order(StringComparer.Ordinal));
        var silent = 0;
        foreach (var grid in SmallCity.Grids)
        {
            var here = rows.Where(r => r.Case.Grid == grid).ToArray();
            var tally = new RiskTally(Rules.Risk, at);
            foreach (var (one, _, level) in here)
                tally.Add(one.Severity, (DeadlineLevel)level, one.ReportedAt);
            var heard = past.Rows.Where(r => r.Id.StartsWith(grid, StringComparison.Ordinal) && r.From <= at).Select(r => r.ReportedAt)
                .Concat(past.Points.Where(p => p.Grid == grid && p.At <= at).Select(p => p.At)).Append(Begin).Max();
            var isSilent = atMs - heard.ToUnixTimeMilliseconds() > (long)Rules.Silence.TotalMilliseconds ? 1 : 0;
            silent += isSilent;
            lines.Add(
                $"{grid} {(int)tally.Colour} {tally.Score} {isSilent} {tally.CountOf(Severity.Red)} {tally.CountOf(Severity.Orange)} {tally.CountOf(Severity.Yellow)} "
                + $"{tally.CountOf(Severity.Blue)} {tally.Overdue} {points.Count(p => p.Grid == grid && states[p.Unit] != 3)}");
        }
        int Of(Func<(PastCase Case, DateTimeOffset? Due, int Level), bool> which) => rows.Count(which);
        lines.AddRange(
        [
            $"red {Of(r => r.Case.Severity == Severity.Red)}", $"orange {Of(r => r.Case.Severity == Severity.Orange)}",
            $"yellow {Of(r => r.Case.Severity == Severity.Yellow)}", $"blue {Of(r => r.Case.Severity == Severity.Blue)}",
            $"approaching {Of(r => r.Level == 1)}", $"overdue {Of(r => r.Level >= 2)}", $"overdueTwice {Of(r => r.Level == 3)}",
            $"escalated {Of(r => r.Case.Escalations > 0)}", $"whistles {Of(r => r.Case.Whistle is not null)}",
            $"live {states.Count(s => s.Value == 0)}", $"late {states.Count(s => s.Value == 1)}", $"stale {states.Count(s => s.Value == 2)}",
            $"gone {states.Count(s => s.Value == 3)}", $"silent {silent}", "grids 4",
        ]);
        return string.Join('\n', lines);
    }

    /// <summary>Three days in which cases come, change in every way that a screen shows, move and end, and units walk, rest and leave.</summary>
    private static FakePast Invent(Random random)
    {
        var past = new FakePast { KeptSince = Begin };
        for (var number = 1; number <= 60; number++)
        {
            var grid = SmallCity.Grids[random.Next(4)];
            var at = Begin.AddMilliseconds(random.Next(60 * 3_600_000));
            var one = Case($"{grid}-{number}", at, Stage.Reported) with
            {
                Severity = (Severity)random.Next(1, 5),
                DueAt = random.Next(4) == 0 ? null : at.AddHours(2),
            };
            past.Rows.Add(one);
            for (var steps = random.Next(8); steps > 0; steps--)
            {
                one = Change(random, one) with { From = one.From.AddMilliseconds(random.Next(1, 8 * 3_600_000)) };
                past.Rows.Add(one);
                if (!one.Stage.IsOpen() && random.Next(3) > 0)
                    break;
            }
        }
        past.Rows.Sort((a, b) => a.From.CompareTo(b.From));
        for (var unit = 0; unit < 5; unit++)
            for (var at = Begin.AddSeconds(random.Next(3_600)); at < Begin.AddHours(72); at = at.AddSeconds(random.Next(5) == 0 ? random.Next(20_000) : random.Next(10, 120)))
                past.Points.Add(Point("u" + unit, at, random.Next(4)) with { Ends = random.Next(20) == 0 });
        past.Points.Sort((a, b) => a.At.CompareTo(b.At));
        return past;
    }

    private static PastCase Change(Random random, PastCase one) => random.Next(9) switch
    {
        0 => one with { Stage = Stage.Closed, DueAt = null },
        1 => one with { Grid = SmallCity.Grids[random.Next(4)] },
        2 when one.DueAt is not null => one with { Level = (DeadlineLevel)random.Next(4) },
        3 => one with { Escalations = one.Escalations + 1 },
        4 => one with { Whistle = "emergency", Called = 3, Arrived = random.Next(4), WhistledAt = one.From },
        5 => one with { Whistle = null, Called = 0, Arrived = 0, WhistledAt = null },
        6 => one with { Assignee = new Assignee((AssigneeKind)random.Next(1, 4), "a" + random.Next(3)) },
        7 => one with { Stage = Stage.Suspended, DueAt = null },
        _ => one with { Stage = Stage.Accepted, Severity = (Severity)random.Next(1, 5) },
    };

    private static PastCase Case(string id, DateTimeOffset at, Stage stage) => new(
        id, id[..id.LastIndexOf('-')], "fire", Severity.Red, stage, 39.9051234, 116.405, at, at.AddMinutes(90), DeadlineLevel.None, 0, null, 0, 0, null, null, at);

    private static TrailPoint Point(string unit, DateTimeOffset at, int grid)
    {
        var (lat, lon) = SmallCity.Inside(grid);
        return new TrailPoint(unit, at, lat, lon, 5, SmallCity.Grids[grid]);
    }

    private static int Micro(double degrees) => (int)Math.Round(degrees * 1e6);

    private sealed class Names : IUnitNames
    {
        public (string Squad, string CallSign) Of(string unit) => ("squad", "of " + unit);
    }
}
