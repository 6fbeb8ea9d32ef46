using BenchmarkDotNet.Attributes;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;

namespace Situational.Benchmarks;

/// <summary>What one decision costs in a grid with so many open cases: what a report, a step and a look at the clocks wait for besides the disk.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly LoopRules _rules = new(CityRules.Default, 20_000, ["330106001001", "330106001", "330106", "3301"]);
    private GridState _state = GridState.Empty("330106001001001");
    private GridCommand _open = null!;
    private GridCommand _accept = null!;

    /// <summary>Open cases of the grid; the last is the bound.</summary>
    [Params(10, 100, 10_000)]
    public int OpenCases { get; set; }

    /// <summary>Fills the grid with cases of four categories, 20 m apart.</summary>
    [GlobalSetup]
    public void Fill()
    {
        string[] categories = ["exposed-rubbish", "dirty-road", "abandoned-vehicle", CityRules.CatchAll];
        for (var i = 0; i < OpenCases; i++)
            _state = ((Decision.Accepted)GridDecisions.Decide(_state, Report(i, categories[i % 4]), Start, _rules)).After;
        _open = Report(OpenCases / 2, categories[0]);
        _accept = new GridCommand.Step(CaseId.Of(_state.Grid, OpenCases / 2), CaseStep.Accept, new Actor("wang", Role.Officer));

        static GridCommand Report(int number, string category) => new GridCommand.Open(
            new Report(category, Severity.Yellow, "d", 30.25 + number % 100 * 0.00018, 120.15 + number / 100 * 0.0002, "worker", null, null, [], $"d{number}"),
            1, new Actor("li", Role.Worker));
    }

    /// <summary>A report that opens a case: looked up among all for the same and for near ones.</summary>
    [Benchmark]
    public Decision Open() => GridDecisions.Decide(_state, _open, Start, _rules);

    /// <summary>A step.</summary>
    [Benchmark]
    public Decision Accept() => GridDecisions.Decide(_state, _accept, Start, _rules);

    /// <summary>A tick when nothing is due.</summary>
    [Benchmark]
    public Decision Tick() => GridDecisions.Decide(_state, new GridCommand.Tick(Start), Start, _rules);

    /// <summary>When time does something next: asked after every change.</summary>
    [Benchmark]
    public DateTimeOffset? NextAt() => CaseClocks.NextAt(_state);
}
