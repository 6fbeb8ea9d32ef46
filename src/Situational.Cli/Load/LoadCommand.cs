using System.CommandLine;
using System.Text.Json;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary><c>load</c>: drives a running system and measures what it takes.</summary>
internal static class LoadCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TimeProvider time)
    {
        var seconds = new Option<double>("--seconds") { Description = "How long to measure, 0.5 to 86,400.", DefaultValueFactory = _ => 10 }.Between(0.5, 86_400);
        var warmUp = new Option<double?>("--warm-up") { Description = "Seconds to run before measuring, 0 to 600. Default: 2, with --count 0." };
        warmUp.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double?>() is < 0 or > 600)
                r.AddError("--warm-up: must be 0 to 600");
        });
        var count = new Option<long?>("--count") { Description = "Ends when so many fixes and reports are sent, 1 or more. Default: no bound." };
        count.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<long?>() < 1)
                r.AddError("--count: must be 1 or more");
        });
        var units = new Option<int>("--units") { Description = "Units that walk, 1 to 1,000,000.", DefaultValueFactory = _ => 10_000 }.Between(1, 1_000_000);
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same rounds.", DefaultValueFactory = _ => 7 };
        var fixes = Rate("--fixes", "Fixes a second, or max for as many as go. Default: none.");
        var connections = new Option<int>("--connections") { Description = "Connections that send fixes, 1 to 4,096.", DefaultValueFactory = _ => 16 }.Between(1, 4_096);
        var batch = new Option<int>("--batch") { Description = "Fixes in a request, 1 to 20,000.", DefaultValueFactory = _ => 100 }.Between(1, 20_000);
        var pipeline = new Option<int>("--pipeline") { Description = "Requests that a connection sends at once before it reads their answers, 1 to 64.", DefaultValueFactory = _ => 1 }.Between(1, 64);
        var form = new Option<string>("--form") { Description = "array (JSON) or lines (NDJSON).", DefaultValueFactory = _ => "array" };
        form.AcceptOnlyFromAmong("array", "lines");
        var bare = new Option<bool>("--bare") { Description = "Fixes of unit, place and time alone, without accuracy and heading." };
        var reports = Rate("--reports", "Reports a second, or max for as many as go. Default: none.");
        var callers = new Option<int>("--callers") { Description = "Connections that send reports, 1 to 4,096.", DefaultValueFactory = _ => 64 }.Between(1, 4_096);
        var screens = new Option<int>("--screens") { Description = "Screens that watch, 0 to 20,000.", DefaultValueFactory = _ => 0 }.Between(0, 20_000);
        var area = new Option<string>("--area") { Description = "Code of the area that screens watch.", DefaultValueFactory = _ => "city" };
        var boxes = new Option<int>("--boxes") { Description = "Different boxes of about a tenth of the city that screens watch; 0: all of the area, up to 20,000.", DefaultValueFactory = _ => 0 }.Between(0, 20_000);
        var verify = new Option<double>("--verify") { Description = "Share of the screens that computes digests, 0 to 1; all check the order of frames.", DefaultValueFactory = _ => 0.1 }.Between(0, 1);
        var bad = new[] { BadManner.Stalled, BadManner.Slow, BadManner.Restless }
            .Zip(["that watch and take nothing", "that take 1 KB a second", "that go and come back every second"])
            .Select(m => (Manner: m.First, Option: new Option<int>("--" + m.First.ToString().ToLowerInvariant())
            {
                Description = $"Further screens {m.Second}, 0 to 5,000.",
                DefaultValueFactory = _ => 0,
            }.Between(0, 5_000))).ToList();
        var grids = new Option<int>("--grids") { Description = "First brings an invented city of so many square grids into force, up to 49,999. Default: the territory in force.", DefaultValueFactory = _ => 0 }.Between(0, 49_999);
        var markers = new Option<double>("--markers") { Description = "Marked fixes a second, for the time from POST to frame, 0 to 1,000.", DefaultValueFactory = _ => 20 }.Between(0, 1_000);
        var pid = new Option<int>("--server-pid") { Description = "Process id of the system, to tell its CPU time and memory." };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the results to this file." };
        var remote = new Option<bool>("--allow-remote") { Description = "Load a system on another machine." };
        var command = new Command("load", "Drives a running system from this process and prints what it took: fixes and reports, at fixed rates or as many as go, and screens that watch. Ends by itself. Meant for a system of its own: it fills it with units and cases.")
        {
            seconds, warmUp, count, units, seed, fixes, connections, batch, pipeline, form, bare, reports, callers, screens, area, boxes, verify, grids, markers, pid, json, remote,
        };
        foreach (var (_, option) in bad)
            command.Options.Add(option);
        return command.Doing(time, async (client, key, parsed, stop) =>
        {
            LoadTarget.PrepareSockets();
            var bounded = parsed.GetValue(count) is not null;
            var plan = new LoadPlan(
                parsed.GetValue(seconds), parsed.GetValue(warmUp) ?? (bounded ? 0 : 2), parsed.GetValue(count) ?? long.MaxValue,
                parsed.GetValue(units), parsed.GetValue(seed),
                parsed.GetValue(fixes) is { } f
                    ? new PositionsPlan(
                        LoadRate.Parse(f)!.Value, parsed.GetValue(connections), parsed.GetValue(batch), parsed.GetValue(pipeline),
                        parsed.GetValue(form) == "lines", parsed.GetValue(bare)) : null,
                parsed.GetValue(reports) is { } r ? new ReportsPlan(LoadRate.Parse(r)!.Value, parsed.GetValue(callers)) : null,
                parsed.GetValue(screens) + bad.Sum(b => parsed.GetValue(b.Option)) > 0
                    ? new ScreensPlan(
                        parsed.GetValue(screens), parsed.GetValue(area)!, parsed.GetValue(boxes), parsed.GetValue(verify),
                        [.. bad.Select(b => (b.Manner, parsed.GetValue(b.Option)))]) : null,
                parsed.GetValue(markers), parsed.GetValue(pid));
            if (plan is { Positions: null, Reports: null, Screens: null })
                throw new ClientException("nothing to do: say --fixes, --reports or --screens");
            if (plan.Positions is { } p && (long)p.Connections * p.Batch > plan.Units)
                throw new ClientException("--units: must be at least --connections times --batch: each connection moves its own units, each at most once in a request");
            var target = await LoadTarget.FindAsync(client.Server, key, parsed.GetValue(remote), stop);
            if (parsed.GetValue(grids) is > 0 and var invented)
                await LoadCity.BringAsync(client, invented, stop);
            var ground = Ground.Read(await client.TerritoryAsync(stop));
            var result = await new LoadRun(target, client, plan, ground, time).RunAsync(stop);
            Console.Write(LoadTable.Of(result));
            if (parsed.GetValue(json) is { } file)
                await File.WriteAllBytesAsync(file.FullName, JsonSerializer.SerializeToUtf8Bytes(result, LoadJson.Default.LoadResult), CancellationToken.None);
            return result.Screens is { DigestFaults: > 0 } or { Breaches: > 0 } ? 2 : 0;
        });
    }

    private static Option<string?> Rate(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && LoadRate.Parse(text) is null)
                result.AddError($"{name}: '{text}' is neither max nor a number from 0.1 to 10,000,000");
        });
        return option;
    }
}
