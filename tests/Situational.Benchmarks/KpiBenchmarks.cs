using BenchmarkDotNet.Attributes;
using NetTopologySuite.Geometries;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Kpis;
using Situational.Domain.Territory;

namespace Situational.Benchmarks;

/// <summary>
/// The figures of a period for all areas of a city: 100,000 cases through the whole loop, 8 stages each, over 7,300 grids in 730 communities. Time and
/// bytes are for all of it, without reading the store.
/// </summary>
[MemoryDiagnoser]
public class KpiBenchmarks
{
    private const int Cases = 100_000, Communities = 730, GridsEach = 10;
    private static readonly DateTimeOffset From = new(2026, 10, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly CaseFact[] _facts = new CaseFact[Cases];
    private AreaTree _tree = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        List<Area> areas = [new("city", "city", "city", null, Polygon.Empty)];
        for (var c = 0; c < Communities; c++)
        {
            areas.Add(new("c" + c, "c", "community", "city", Polygon.Empty));
            for (var g = 0; g < GridsEach; g++)
                areas.Add(new($"g{c}-{g}", "g", "grid", "c" + c, Polygon.Empty));
        }
        _tree = AreaTree.Of(new(1, ["city", "community", "grid"], areas));
        Stage[] loop = [Stage.Reported, Stage.Accepted, Stage.Dispatched, Stage.Handling, Stage.Suspended, Stage.Handling, Stage.Handled, Stage.Verified, Stage.Closed];
        for (var i = 0; i < Cases; i++)
        {
            var at = From.AddHours(random.NextDouble() * 600);
            StageEntry[] path = [.. loop.Select(s => new StageEntry(s, at = at.AddMinutes(random.NextDouble() * 600)))];
            _facts[i] = new(
                "x-" + i, $"g{random.Next(Communities)}-{random.Next(GridsEach)}", 1, "litter", Severity.Blue, Stage.Closed, path[0].At, path[^1].At,
                path[0].At.AddHours(50), true, false, 1, 0, 1, i % 3 == 0, i % 6 == 0 ? true : null, [.. path], []);
        }
    }

    /// <summary>Counting and sorting.</summary>
    [Benchmark]
    public KpiSheet Figures()
    {
        var count = new KpiCount(new(From, From.AddDays(30)));
        foreach (var fact in _facts)
            count.Add(fact, _tree);
        return count.ToSheet();
    }
}
