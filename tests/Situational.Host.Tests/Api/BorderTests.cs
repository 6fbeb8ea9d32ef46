using System.Globalization;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

/// <summary>One hazard on the street between two grids, reported from both sides.</summary>
public sealed class BorderTests
{
    [Fact]
    public async Task Report_NearACaseOfTheNextGrid_ProposesItAndBothBecomeOne()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        var west = await OpenAsync(client, 116.40998, "smoke over the street");
        await screen.WaitAsync(p => p.Cases.ContainsKey(west.Id));
        var east = await OpenAsync(client, 116.41002, "fire at the corner");
        var far = await OpenAsync(client, 116.415, "fire far away");

        Assert.Equal((SmallCity.Grids[0], SmallCity.Grids[1]), (west.Grid, east.Grid));
        Assert.Equal([west.Id], east.Proposals);
        Assert.Empty(far.Proposals);
        using var merged = await Walk.StepAsync(
            client, east.Id, "merge", new CaseStepRequest(By: new ActorRequest("wang", "officer"), Into: west.Id));
        Assert.True(merged.StatusCode == HttpStatusCode.OK, await merged.Content.ReadAsStringAsync());
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<CaseAnswer>(client, $"api/v1/cases/{west.Id}")).Reports == 2, "the report follows the case in the next grid");
        await screen.WaitAsync(p => p.Cases.ContainsKey(west.Id) && !p.Cases.ContainsKey(east.Id));
        Assert.Equal((west.Id, "merged"), await EndAsync(client, east.Id));
    }

    private static async Task<(string? Into, string Stage)> EndAsync(HttpClient client, string id)
    {
        var one = await Requests.GetAsync<CaseAnswer>(client, $"api/v1/cases/{id}");
        return (one.MergedInto, one.Stage);
    }

    private static async Task<CaseAnswer> OpenAsync(HttpClient client, double longitude, string description)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"category":"fire","description":"{{description}}","location":{"lat":39.905,"lon":{{longitude}}},"source":"worker"}""");
        using var answer = await Requests.PostReportAsync(client, Requests.NewKey(), body);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await Requests.ReadAsync<CaseAnswer>(answer);
    }
}
