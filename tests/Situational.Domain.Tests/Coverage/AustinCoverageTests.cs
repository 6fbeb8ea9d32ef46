using System.Globalization;
using Situational.Domain.Coverage;
using Situational.Domain.Territory;
using Situational.Domain.Tests.Territory;
using Situational.Testing;

namespace Situational.Domain.Tests.Coverage;

/// <summary>Recorded tracks over real neighbourhoods, against plain NetTopologySuite.</summary>
public sealed class AustinCoverageTests
{
    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public void Mark_RecordedTracks_AgreesWithNetTopologySuiteInEveryNeighbourhood(double radius)
    {
        var territory = Territories.Austin();
        var index = new TerritoryIndex(territory);
        var trails = Trails(new(2017, 3, 21, 7, 0, 0, TimeSpan.FromHours(-5)), TimeSpan.FromMinutes(20));
        var cells = territory.Grids.Select(g => new WalkedCells(new(g, WalkableGround.Everything))).ToArray();
        var near = new List<int>();
        var through = territory.Grids.Select(_ => new List<(double, double)[]>()).ToArray();
        // As the squads do: each segment to the grids near it, in no order that means anything.
        foreach (var trail in trails)
            for (var i = 1; i < trail.Length; i++)
            {
                near.Clear();
                index.AddNear(trail[i - 1].Latitude, trail[i - 1].Longitude, trail[i].Latitude, trail[i].Longitude, radius, near);
                foreach (var grid in near)
                {
                    cells[grid].Mark([trail[i - 1], trail[i]], radius);
                    through[grid].Add([trail[i - 1], trail[i]]);
                }
            }

        var (walked, worst, sum) = (0, 0.0, 0.0);
        for (var grid = 0; grid < territory.Grids.Count; grid++)
        {
            var exact = through[grid].Count == 0 ? (0, 0, 1) : Ground.Exact(territory.Grids[grid].Geometry, through[grid], radius);
            var off = Tolerance.Check(cells[grid], exact);
            (walked, worst, sum) = (walked + (cells[grid].Walked > 0 ? 1 : 0), Math.Max(worst, off), sum + off);
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{walked} of {territory.Grids.Count} walked; share off by {sum / territory.Grids.Count:F6} on average, {worst:F6} at most"));
        Assert.InRange(walked, 40, territory.Grids.Count);
        // What docs/coverage.md says.
        Assert.InRange(worst, 0, 0.002);
    }

    private static (double Latitude, double Longitude)[][] Trails(DateTimeOffset from, TimeSpan span) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Austin, "vehicle-positions-2017-03-21.csv")).Skip(1).Select(line => line.Split(','))
            .Select(f => (Vehicle: f[0], At: DateTimeOffset.Parse(f[1], CultureInfo.InvariantCulture),
                Place: (Latitude: double.Parse(f[5], CultureInfo.InvariantCulture), Longitude: double.Parse(f[6], CultureInfo.InvariantCulture))))
            .Where(f => f.At >= from && f.At < from + span)
            .GroupBy(f => f.Vehicle)
            .Select(vehicle => vehicle.OrderBy(f => f.At).Select(f => f.Place).ToArray()),
    ];
}
