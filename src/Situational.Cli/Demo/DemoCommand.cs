using System.CommandLine;
using System.Net;
using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary><c>demo</c>: loads the invented street and keeps it alive until it is stopped.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>The command.</summary>
    public static Command Create(TimeProvider time)
    {
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same street, units and hazards.", DefaultValueFactory = _ => 7 };
        var units = new Option<int>("--units") { Description = "Units on patrol, 1 to 10,000.", DefaultValueFactory = _ => 60 }.Between(1, 10_000);
        var rate = new Option<double>("--reports-per-minute") { Description = "Hazards reported a minute, 0.1 to 600.", DefaultValueFactory = _ => 4 }.Between(0.1, 600);
        var open = new Option<int>("--open") { Description = "About how many cases are open, 0 to 5,000.", DefaultValueFactory = _ => 60 }.Between(0, 5_000);
        return new Command("demo", "Loads an invented street and keeps it alive: units walk, hazards are reported and go through the whole loop, now and then a whistle is blown or a unit calls for help. It prints links to desks. Everything is labelled as simulated.")
        {
            seed, units, rate, open,
        }.Doing(time, (client, parsed, cancellationToken) => RunAsync(
            client, time, parsed.GetValue(seed), parsed.GetValue(units), parsed.GetValue(rate), parsed.GetValue(open), cancellationToken));
    }

    private static async Task<int> RunAsync(
        SituationalClient client, TimeProvider time, int seed, int units, double reportsPerMinute, int open, CancellationToken cancellationToken)
    {
        var street = DemoStreet.Build(seed);
        var territory = await client.PutTerritoryAsync(DemoTerritory.ToGeoJson(street), "", cancellationToken);
        if (territory.Status == HttpStatusCode.Conflict)
        {
            Console.WriteLine("This system has a territory of its own: the demo city stays out of it. An empty --data folder gets the demo city.");
            return 0;
        }
        var loaded = territory.Require("loading the demo street");
        var walkers = Enumerable.Range(0, units)
            .Select(i => new Walker(street, i % DemoTerritory.Squads.Count, i / DemoTerritory.Squads.Count + 1, seed * 10_007 + i)).ToList();
        var catalogue = await DemoCatalogue.ReadAsync(client, cancellationToken);
        var cases = new DemoCases(client, street, catalogue, walkers, seed, reportsPerMinute, open);
        using var officer = new DemoDesk(client, time, new Random(seed + 2));
        var duty = new DemoDuty(client, officer, walkers, new Random(seed + 1));
        await duty.BeginAsync(time.GetUtcNow(), cancellationToken);
        await MoveAsync(client, walkers, Tick.TotalSeconds * 24, time.GetUtcNow(), cancellationToken);
        await cases.FillAsync(time.GetUtcNow(), cancellationToken);
        Console.WriteLine($"The demo city is alive: {loaded.Grids} grids, {units} units, {cases.Open} open cases; all of it invented (seed {seed}).");
        foreach (var link in await DemoDesk.LinksAsync(client, cancellationToken))
            Console.WriteLine(link);

        using var timer = new PeriodicTimer(Tick, time);
        var last = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var seconds = Math.Min(5, time.GetElapsedTime(last).TotalSeconds);
            last = time.GetTimestamp();
            await MoveAsync(client, walkers, seconds, time.GetUtcNow(), cancellationToken);
            await cases.StepAsync(time.GetUtcNow(), cancellationToken);
            await duty.StepAsync(time.GetUtcNow(), cancellationToken);
            await officer.StepAsync(time.GetUtcNow(), cancellationToken);
        }
        return 0;
    }

    private static async Task MoveAsync(
        SituationalClient client, List<Walker> walkers, double seconds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fixes = new List<FixRequest>();
        foreach (var walker in walkers)
            if (walker.Step(seconds, now) is { } fix)
                fixes.Add(fix);
        if (fixes.Count > 0)
            (await client.PostPositionsAsync(fixes, cancellationToken)).Require("sending positions");
    }
}
