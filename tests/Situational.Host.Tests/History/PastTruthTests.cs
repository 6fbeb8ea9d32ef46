using System.Globalization;
using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Risk;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.History;

/// <summary>The real host over hours of its clock: the picture of any moment is what the fold of the journal up to that moment gives.</summary>
public sealed class PastTruthTests
{
    private static readonly string Officer = """{"by":{"id":"o-1","role":"officer"}""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Picture_OfAnyMoment_IsTheFoldOfTheEventsUpToIt(int seed)
    {
        var random = new Random(seed);
        using var clock = new ProcessClock();
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Environment = clock.Environment });
        using var client = host.CreateClient();
        var versions = new List<(DateTimeOffset Before, CutCity City)>();
        await PutAsync(client, new CutCity(2), null);
        versions.Add((DateTimeOffset.MinValue, new CutCity(2)));
        var cases = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await ActAsync(random, client, cases);
            if (i is 15 or 35)
                await WhistleAsync(client, cases);
            if (random.Next(3) == 0)
                clock.Set(clock.Offset + TimeSpan.FromMinutes(random.Next(1, 25)));
            if (i is 20 or 40)
            {
                var next = new CutCity(i == 20 ? 3 : 2);
                await PutAsync(client, next, versions.Count);
                await SettledAsync(client);
                versions.Add((DateTimeOffset.MinValue, next));
            }
        }
        await Eventually.HoldsAsync(async () => (await DeadlinesAsync(client, cases)) > 0, "a limit is passed");
        var moments = Enumerable.Range(0, 40).Select(_ => clock.Now - random.NextDouble() * (clock.Offset + TimeSpan.FromSeconds(1))).ToList();
        var known = await Requests.GetAsync<TerritoryVersionsAnswer>(client, "api/v1/territory/versions");
        var marks = await Requests.GetAsync<HistoryMarksAnswer>(client, "api/v1/history/marks");
        var since = marks.KeptSince!.Value;
        // The journal is read when the host has ended; so that moments right at events can be asked for, it lives on afterwards.
        host.Kill();
        var fold = await JournalFold.ReadAsync(host.DataFolder, cases);
        await host.RestartAsync();
        moments.AddRange(fold.Times.OrderBy(_ => random.Next()).Take(40));
        moments.AddRange(fold.Times.OrderBy(_ => random.Next()).Take(10).Select(t => t.AddMilliseconds(-1)));

        foreach (var at in moments.Where(m => m >= since).Order())
        {
            var city = versions[known.Versions.Count(v => v.InForceAt <= End(at)) - 1].City;
            var picture = await PictureAsync(client, at);
            Assert.Equal(Count(fold, End(at), city), Describe(picture));
        }
        Assert.Superset(new HashSet<string> { "CaseOpened", "CaseStepped", "DeadlinePassed", "CaseEscalated", "WhistleBlown", "MusterStepped", "CaseArrived" }, fold.Kinds.ToHashSet());

        var last = fold.Times[^1];
        var (screen, _) = await PlayAsync(client, since, last, 100);
        Assert.Equal(Count(fold, End(last), versions[^1].City), Describe(screen));
        Assert.Empty(screen.Breaches);
    }

    private static async Task PutAsync(HttpClient client, CutCity city, int? replaces)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/territory") { Content = Requests.Body(city.GeoJson(), "application/geo+json") };
        if (replaces is { } version)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the cases are where the territory in force wants them.</summary>
    private static Task SettledAsync(HttpClient client) => Eventually.HoldsAsync(
        async () => (await Requests.GetAsync<TerritoryVersionsAnswer>(client, "api/v1/territory/versions")).Settled, "the cases have moved");

    private static async Task ActAsync(Random random, HttpClient client, List<string> cases)
    {
        if (cases.Count == 0 || random.Next(5) < 2)
        {
            var (lat, lon) = CutCity.Point(random.Next(144));
            var severity = new[] { "red", "orange", "yellow", "blue" }[random.Next(4)];
            using var answer = await Requests.PostReportAsync(client, Requests.NewKey(), string.Create(CultureInfo.InvariantCulture,
                $$$"""{"category":"fire","severity":"{{{severity}}}","description":"n{{{cases.Count}}}","location":{"lat":{{{lat}}},"lon":{{{lon}}}},"source":"worker"}"""));
            Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            var id = (await Requests.ReadAsync<CaseAnswer>(answer)).Id;
            if (!cases.Contains(id))
                cases.Add(id);
            return;
        }
        var step = random.Next(12) switch
        {
            0 => ("accept", Officer + "}"),
            1 => ("accept", Officer + ""","severity":"orange"}"""),
            2 => ("dispatch", Officer + ""","assignee":{"kind":"squad","id":"north"}}"""),
            3 => ("start", """{"by":{"id":"w-1","role":"worker"}}"""),
            4 => ("hand-in", """{"by":{"id":"w-1","role":"worker"},"note":"mended"}"""),
            5 => ("verify", Officer + "}"),
            6 => ("close", Officer + "}"),
            7 => ("reject", Officer + ""","reason":"none"}"""),
            8 => ("escalate", Officer + ""","reason":"large"}"""),
            9 or 10 => ("whistle", Officer + ""","kind":"emergency","departments":["public-works","police"]}"""),
            _ => ("muster", """{"by":{"id":"police","role":"department"},"whistle":1,"department":"police","state":"arrived"}"""),
        };
        // Whether the case allows it does not matter: what was done stands in the journal.
        using var done = await Requests.StepAsync(client, cases[random.Next(cases.Count)], step.Item1, step.Item2);
        Assert.True((int)done.StatusCode < 500, await done.Content.ReadAsStringAsync());
    }

    /// <summary>A case to which two departments are called, of which one comes.</summary>
    private static async Task WhistleAsync(HttpClient client, List<string> cases)
    {
        var id = (await Requests.OpenCaseAsync(client, cases.Count % 4)).Id;
        if (!cases.Contains(id))
            cases.Add(id);
        await Requests.StepOkAsync(client, id, "accept", Officer + "}");
        await Requests.StepOkAsync(client, id, "whistle", Officer + ""","kind":"emergency","departments":["public-works","police"]}""");
        foreach (var state in new[] { "acknowledged", "arrived" })
            await Requests.StepOkAsync(
                client, id, "muster", $$"""{"by":{"id":"police","role":"department"},"whistle":1,"department":"police","state":"{{state}}"}""");
    }

    private static async Task<int> DeadlinesAsync(HttpClient client, IEnumerable<string> cases)
    {
        var found = 0;
        foreach (var id in cases)
            found += (await Walk.HistoryAsync(client, id)).Count(e => e.What == "deadline");
        return found;
    }

    private static string Time(DateTimeOffset at) => Uri.EscapeDataString(at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    private static async Task<FeedPicture> PictureAsync(HttpClient client, DateTimeOffset at)
    {
        using var answer = await client.GetAsync("api/v1/history?at=" + Time(at));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{at:O}: {text}");
        var picture = new FeedPicture();
        picture.Apply(JsonDocument.Parse(text).RootElement);
        Assert.Empty(picture.Breaches);
        Assert.Equal(at.ToUnixTimeMilliseconds(), picture.At);
        return picture;
    }

    private static async Task<(FeedPicture Screen, int Frames)> PlayAsync(HttpClient client, DateTimeOffset from, DateTimeOffset to, int frames)
    {
        var lines = (await client.GetStringAsync($"api/v1/history/play?from={Time(from)}&to={Time(to)}&frames={frames}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(frames + 1, lines.Length);
        var screen = new FeedPicture();
        foreach (var line in lines)
        {
            screen.Apply(JsonDocument.Parse(line).RootElement);
            Assert.False(screen.Lost);
        }
        return (screen, lines.Length);
    }

    private static string Describe(FeedPicture picture) => string.Join('\n',
    [
        .. picture.Cases.Values.Select(c => c.ToString()).Order(StringComparer.Ordinal),
        .. picture.Grids.Values.Where(g => g.Text(0) != "outside")
            .Select(g => $"{g.Text(0)} {g.Number(2)} {g.Real(3)} {g.Number(6)} {g.Number(7)} {g.Number(8)} {g.Number(9)} {g.Number(10)}").Order(StringComparer.Ordinal),
        .. new[] { "red", "orange", "yellow", "blue", "approaching", "overdue", "overdueTwice", "escalated", "whistles", "grids" }.Select(t => $"{t} {picture.Totals[t]}"),
    ]);

    private static string Count(JournalFold fold, DateTimeOffset at, CutCity city)
    {
        var rules = new RiskRules();
        var grids = JsonDocument.Parse(city.GeoJson()).RootElement.GetProperty("features").EnumerateArray()
            .Select(f => f.GetProperty("properties")).Where(p => p.GetProperty("level").GetString() == "grid").Select(p => p.GetProperty("code").GetString()!).ToArray();
        var open = fold.OpenAt(at).Values.Where(c => grids.Contains(c.Grid)).ToArray();
        var lines = new List<string>();
        lines.AddRange(open.Select(c =>
        {
            var whistle = c.Whistles.LastOrDefault(w => w.Musters.Any(m => !m.Ended));
            return JsonSerializer.Serialize(new object[]
            {
                c.Id, c.Grid, c.Report.Category, (int)c.Severity, (int)c.Stage, Micro(c.Report.Latitude), Micro(c.Report.Longitude),
                c.ReportedAt.ToUnixTimeMilliseconds(), rules.NextDueAt(c)?.ToUnixTimeMilliseconds() ?? 0, (int)rules.LevelOf(c, at), c.Escalations,
                whistle?.Kind ?? "", whistle?.Musters.Count(m => m.State is not (MusterState.Refused or MusterState.Dismissed)) ?? 0,
                whistle?.Musters.Count(m => m.State is MusterState.Arrived or MusterState.Done) ?? 0, whistle?.At.ToUnixTimeMilliseconds() ?? 0,
                c.Assignee is { } to ? $"{to.Kind.ToString().ToLowerInvariant()}:{to.Id}" : "",
            });
        }).Order(StringComparer.Ordinal));
        foreach (var grid in grids.Order(StringComparer.Ordinal))
        {
            var risk = RiskFormula.Judge(open.Where(c => c.Grid == grid), at, rules);
            lines.Add($"{grid} {(int)risk.Colour} {risk.Score} {risk.Red} {risk.Orange} {risk.Yellow} {risk.Blue} {risk.Overdue}");
        }
        int Of(Func<Case, bool> which) => open.Count(which);
        lines.AddRange(
        [
            $"red {Of(c => c.Severity == Severity.Red)}", $"orange {Of(c => c.Severity == Severity.Orange)}",
            $"yellow {Of(c => c.Severity == Severity.Yellow)}", $"blue {Of(c => c.Severity == Severity.Blue)}",
            $"approaching {Of(c => rules.LevelOf(c, at) == DeadlineLevel.Approaching)}", $"overdue {Of(c => rules.LevelOf(c, at) >= DeadlineLevel.Overdue)}",
            $"overdueTwice {Of(c => rules.LevelOf(c, at) == DeadlineLevel.OverdueTwice)}", $"escalated {Of(c => c.Escalations > 0)}",
            $"whistles {Of(c => c.Whistles.Any(w => w.Musters.Any(m => !m.Ended)))}", $"grids {grids.Length}",
        ]);
        return string.Join('\n', lines);
    }

    /// <summary>A moment is asked for in whole milliseconds, and has all that happened within its own.</summary>
    private static DateTimeOffset End(DateTimeOffset at) => at.AddTicks(TimeSpan.TicksPerMillisecond - 1 - at.UtcTicks % TimeSpan.TicksPerMillisecond);

    private static int Micro(double degrees) => (int)Math.Round(degrees * 1e6);
}
