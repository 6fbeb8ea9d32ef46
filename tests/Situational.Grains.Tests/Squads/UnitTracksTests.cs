using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NetTopologySuite.Geometries;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Grains.Squads;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

public sealed class UnitTracksTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly DutyBook _book = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(false, "g0")]
    [InlineData(true, "g1")]
    public void Use_TerritoryComesAfterTheStoredFixes_OnlyUnitsThatDidNotMoveGoIntoTheirStoredGrid(bool moves, string grid)
    {
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions(), _book, Trails());
        tracks.Restore([new StoredFix("u", "u", "g0", 30.005, 120.005, 5, 1, 90, _time.GetUtcNow())]);
        _time.Advance(TimeSpan.FromMinutes(2));
        if (moves)
            Assert.Equal(1, tracks.Take(new FixBatch([new Fix("u", 30.005, 120.015, 5, 1, 90, _time.NowMs, null, -1)], _time.NowMs)).Moved);

        tracks.Use(TwoGrids());

        var unit = Assert.Single(tracks.Changed);
        Assert.Equal(grid, TwoGrids().Territory.Grids[unit.Hold.Ordinal].Code);
    }

    [Fact]
    public void Take_WhenNobodyIsOffDuty_SaysSoWithoutAList()
    {
        _book.Open([]);
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions(), _book, Trails());
        var counts = tracks.Take(Batch(new Fix("u", 30.005, 120.015, 5, 1, 90, _time.NowMs, null, -1)));
        Assert.True(counts.OffDuty.IsDefault);
    }

    [Fact]
    public void Take_FixesOfTwoUnitsOfWhomOneIsOff_NamesItsPlacesAndMovesTheOther()
    {
        _book.Open([new UnitDuty("off", "s", false, _time.GetUtcNow().AddMinutes(-5), null)]);
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions(), _book, Trails());
        var at = _time.NowMs;
        var counts = tracks.Take(Batch(
            new Fix("off", 30.005, 120.005, 5, 1, 90, at, null, -1), new Fix("on", 30.005, 120.005, 5, 1, 90, at, null, -1),
            new Fix("off", 30.005, 120.015, 5, 1, 90, at + 1, null, -1), new Fix("bad", 0, 0, 5, 1, 90, at, null, -1)));
        Assert.Equal([0, 2], counts.OffDuty);
        Assert.Equal((1, 1), (counts.Moved, counts.Refused));
        Assert.Equal(["on"], tracks.Changed.Select(u => u.Unit));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Take_AFixMeasuredBeforeTheUnitWentOnDuty_IsRefused(int ms, bool refused)
    {
        _book.Open([new UnitDuty("u", "s", true, _time.GetUtcNow(), null)]);
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions(), _book, Trails());
        var since = _time.NowMs;
        _time.Advance(TimeSpan.FromMinutes(1));
        var counts = tracks.Take(Batch(new Fix("u", 30.005, 120.005, 5, 1, 90, since + ms, null, -1)));
        Assert.Equal(refused, !counts.OffDuty.IsDefault);
        Assert.Equal(refused ? 0 : 1, counts.Moved);
    }

    [Trait("Fault", "15")]
    [Fact]
    public void Take_TheWallClockWasSetBackSinceTheUnitWentOnDuty_TakesItsFixes()
    {
        _book.Open([new UnitDuty("u", "s", true, _time.GetUtcNow(), null)]);
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions(), _book, Trails());
        _time.StepWall(TimeSpan.FromHours(-1));
        Assert.Equal(1, tracks.Take(Batch(new Fix("u", 30.005, 120.005, 5, 1, 90, _time.NowMs, null, -1))).Moved);
    }

    [Fact]
    public void KnowDuties_AfterFixesWereTakenUnseen_ThoseOfWhoIsOffAreForgotten()
    {
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions(), _book, Trails());
        tracks.Use(TwoGrids());
        tracks.Take(Batch(
            new Fix("off", 30.005, 120.005, 5, 1, 90, _time.NowMs, null, -1), new Fix("on", 30.005, 120.005, 5, 1, 90, _time.NowMs, null, -1)));
        Assert.Empty(tracks.TakeUnsaved());

        _book.Open([new UnitDuty("off", "s", false, _time.GetUtcNow().AddHours(-1), null)]);
        tracks.KnowDuties();

        Assert.Equal(["on"], tracks.TakeUnsaved().Select(f => f.Unit));
        Assert.Equal(["on"], tracks.Changed.Where(u => !u.IsOff).Select(u => u.Unit));
        var off = tracks.Describe("s").Single(m => m.Duty.Unit == "off");
        Assert.Equal((false, null, null), (off.Duty.OnDuty, off.Row, off.Grid));
        Assert.Null(tracks.PlaceOf("off"));
    }

    private FixBatch Batch(params Fix[] fixes) => new([.. fixes], _time.NowMs);

    private SquadTrails Trails() => new(
        "s", _ => throw new InvalidOperationException("Nobody asked for coverage."), new PatrolOptions(), WalkRules.Default,
        new GrainsMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger.Instance);

    private static TerritoryIndex TwoGrids()
    {
        var factory = GeometryFactory.Default;
        return new TerritoryIndex(new CityTerritory(1, ["city", "grid"],
        [
            new Area("c", "City", "city", null, factory.CreatePolygon()),
            new Area("g0", "West", "grid", "c", factory.ToGeometry(new Envelope(120, 120.01, 30, 30.01))),
            new Area("g1", "East", "grid", "c", factory.ToGeometry(new Envelope(120.01, 120.02, 30, 30.01))),
        ]));
    }
}
