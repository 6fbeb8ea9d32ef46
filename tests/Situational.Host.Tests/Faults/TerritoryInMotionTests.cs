using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>Grids split, merge, appear and vanish under a city at work: no report is orphaned, no case doubled.</summary>
public sealed class TerritoryInMotionTests
{
    private static readonly CutCity[] Cuts = [new(2), new(3), new(1), new(4), new(2)];

    [Fact]
    public async Task Versions_ComeIntoForceUnderLoad_EveryCaseLiesOnceInTheGridThatContainsIt()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await PutAsync(client, Cuts[0], 0);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Troubles.Count == 0);
        var acknowledged = new ConcurrentDictionary<string, int>();
        using var enough = new CancellationTokenSource();
        var reporters = Enumerable.Range(0, 4).Select(r => ReportAsync(client, r, acknowledged, enough.Token)).ToArray();

        for (var version = 1; version < Cuts.Length; version++)
        {
            var before = acknowledged.Count;
            await Eventually.HoldsAsync(() => Task.FromResult(acknowledged.Count > before + 40), "reports are taken");
            await PutAsync(client, Cuts[version], version);
        }
        await enough.CancelAsync();
        await Task.WhenAll(reporters);

        var last = Cuts[^1];
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<TerritoryVersionsAnswer>(client, "api/v1/territory/versions")).Settled, "the cases are settled");
        var cases = await CasePages.AllAsync(client);
        Assert.Equal(acknowledged.Keys.Order(StringComparer.Ordinal), cases.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.Equal(cases.Count, cases.Select(c => c.Description).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([], cases.Where(c => c.Grid != last.GridAt(c.Lat, c.Lon)).Select(c => $"{c.Id} in {c.Grid}"));
        await screen.WaitAsync(p => p.Territory == Cuts.Length && p.Grids.Count >= last.Count && p.Troubles.Count == 0
            && p.Cases.Count == acknowledged.Count && acknowledged.Keys.All(p.Cases.ContainsKey));
        Assert.Empty(screen.Look(p => p.Breaches));

        await host.RestartAsync();
        Assert.Equal(cases.Count, (await CasePages.AllAsync(client)).Count);
        await screen.WaitAsync(p => p.Territory == Cuts.Length && p.Troubles.Count == 0 && p.Cases.Count == acknowledged.Count);
    }

    [Trait("Fault", "1")]
    [Fact]
    public async Task Version_ProcessKilledWhileCasesMove_EachEndsInOneGrid()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await PutAsync(client, Cuts[0], 0);
        var acknowledged = new ConcurrentDictionary<string, int>();
        for (var i = 0; i < 60; i++)
            await ReportOneAsync(client, "moved", i, acknowledged);
        var random = new Random(20261122);
        for (var version = 1; version < Cuts.Length; version++)
        {
            await PutAsync(client, Cuts[version], version);
            await Task.Delay(random.Next(0, 60));
            host.Kill();
            await host.RestartAsync();
        }

        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<TerritoryVersionsAnswer>(client, "api/v1/territory/versions")).Settled, "the cases are settled");
        var cases = await CasePages.AllAsync(client);
        Assert.Equal(acknowledged.Keys.Order(StringComparer.Ordinal), cases.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.Equal([], cases.Where(c => c.Grid != Cuts[^1].GridAt(c.Lat, c.Lon)).Select(c => $"{c.Id} in {c.Grid}"));
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Cases.Count == acknowledged.Count);
    }

    private static async Task PutAsync(HttpClient client, CutCity city, int replaces)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/territory") { Content = Requests.Body(city.GeoJson(), "application/geo+json") };
        if (replaces > 0)
            request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{replaces}\""));
        using var answer = await client.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static async Task ReportAsync(HttpClient client, int reporter, ConcurrentDictionary<string, int> acknowledged, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
            await ReportOneAsync(client, $"r{reporter}", i, acknowledged);
    }

    private static async Task ReportOneAsync(HttpClient client, string reporter, int number, ConcurrentDictionary<string, int> acknowledged)
    {
        var (lat, lon) = CutCity.Point(number);
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"category":"fire","severity":"red","description":"{{reporter}}-{{number}}","location":{"lat":{{lat}},"lon":{{lon}}},"source":"worker"}""");
        for (; ; )
        {
            using var answer = await Requests.PostReportAsync(client, $"{reporter}-{number}", body);
            // a grid that is handing its ground over asks to be tried again
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                continue;
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            acknowledged[(await Requests.ReadAsync<CaseAnswer>(answer)).Id] = number;
            return;
        }
    }
}
