using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;
using Situational.Cli.Tests.Support;
using Situational.Contracts.Feed;
using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Cli.Tests.Austin;

/// <summary>A real city and a real day through the real client and the real host, held against a reckoning of its own.</summary>
public sealed partial class AustinTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task ImportAndReplay_OfTheRealDay_EndsAsReckoned()
    {
        Repository.RequireAustin(Assert.Skip);
        await using var host = await HostProcess.StartAsync();
        using var http = host.CreateClient();

        var import = await CliProcess.RunAsync(host, "import", AustinFiles.Neighborhoods.FullName, "--names", "--repair", "--city", "Austin");
        Assert.True(import.Code == 0, import.Output + import.Errors);
        Assert.Contains("In force now: territory version 1", import.Output);
        Assert.Contains(" 70 grids.", import.Output);
        var again = await CliProcess.RunAsync(host, "import", AustinFiles.Neighborhoods.FullName, "--names", "--repair", "--city", "Austin");
        Assert.True(again.Code == 0, again.Output + again.Errors);
        Assert.Contains("Was in force already: territory version 1", again.Output);

        var reckoning = new AustinReckoning(await CodedAsync(http));
        var day = AustinFiles.ReadDay();
        reckoning.Go(day);
        var replay = await CliProcess.RunAsync(host, "replay", AustinFiles.Day.FullName, "--map", "squad=route_id", "--speed", "max");
        Assert.True(replay.Code == (reckoning.Refused > 0 ? 2 : 0), replay.Output + replay.Errors);
        var summary = Summary().Match(replay.Output);
        Assert.True(summary.Success, replay.Output);
        Assert.Equal(
            [day.Count, reckoning.Vehicles.Count, reckoning.Moved, 0, reckoning.Repeated, reckoning.Outside, 0, reckoning.Refused, 0],
            summary.Groups.Values.Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture)));

        var expected = reckoning.Vehicles.OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => (v.Key, v.Value.Squad, v.Value.Grid ?? FeedNames.Outside, v.Value.Last.Latitude, v.Value.Last.Longitude)).ToArray();
        var units = await UnitsAsync(http, expected.Length);
        Assert.Equal(expected, units.Select(u => (u.Id, u.Squad, u.Grid, u.Lat, u.Lon)));
        // The whole day was shifted by one span, so that its last fix was now.
        Assert.Single(units.Select(u => Math.Round((u.At - reckoning.Vehicles[u.Id].Last.At).TotalMilliseconds / 10)).Distinct());
    }

    /// <summary>The neighbourhoods' own shapes under the codes that the import made, told by name.</summary>
    private static async Task<List<(string Code, Geometry Shape)>> CodedAsync(HttpClient http)
    {
        using var territory = JsonDocument.Parse(await http.GetByteArrayAsync("/api/v1/territory"));
        var codes = territory.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties"))
            .Where(p => p.GetProperty("level").GetString() == "grid")
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("code").GetString()!);
        return [.. AustinFiles.ReadNeighborhoods().Select(n => (codes[n.Name], n.Shape))];
    }

    /// <summary>All units, page by page, once the live picture has as many as expected and no longer changes.</summary>
    private static async Task<List<UnitAnswer>> UnitsAsync(HttpClient http, int count)
    {
        var before = new List<UnitAnswer>();
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var units = new List<UnitAnswer>();
            UnitAnswer[] page;
            do
            {
                var after = units.Count == 0 ? "" : "&after=" + Uri.EscapeDataString(units[^1].Id);
                page = (await http.GetFromJsonAsync<UnitAnswer[]>($"/api/v1/units?limit=100{after}"))!;
                units.AddRange(page);
            }
            while (page.Length == 100);
            var still = units.Count == count && units.Select(u => (u.Id, u.Grid, u.At)).SequenceEqual(before.Select(u => (u.Id, u.Grid, u.At)));
            if (still || TimeProvider.System.GetElapsedTime(begun) > Deadline)
                return units;
            before = units;
            await Task.Delay(250);
        }
    }

    [GeneratedRegex(@"^Sent (\d+) fixes of (\d+) units in [\d.]+ s: (\d+) moved their unit, (\d+) older, (\d+) repeated, (\d+) outside every grid, \d+ jumps, (\d+) dated ahead, (\d+) refused; (\d+) rows not read\.", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
