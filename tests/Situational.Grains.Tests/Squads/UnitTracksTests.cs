using NetTopologySuite.Geometries;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Grains.Options;
using Situational.Grains.Squads;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

public sealed class UnitTracksTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(false, "g0")]
    [InlineData(true, "g1")]
    public void Use_TerritoryComesAfterTheStoredFixes_OnlyUnitsThatDidNotMoveGoIntoTheirStoredGrid(bool moves, string grid)
    {
        var tracks = new UnitTracks(new SituationClock(_time), new PatrolOptions());
        tracks.Restore([new StoredFix("u", "u", "g0", 30.005, 120.005, 5, 1, 90, _time.GetUtcNow())]);
        _time.Advance(TimeSpan.FromMinutes(2));
        if (moves)
            Assert.Equal(1, tracks.Take(new FixBatch([new Fix("u", 30.005, 120.015, 5, 1, 90, _time.NowMs, null, -1)], _time.NowMs)).Moved);

        tracks.Use(TwoGrids());

        var unit = Assert.Single(tracks.Changed);
        Assert.Equal(grid, TwoGrids().Territory.Grids[unit.Hold.Ordinal].Code);
    }

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
