using System.Net;
using System.Text;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

/// <summary>Figures of cases that were really dealt with, on a host of their own.</summary>
public sealed class KpiLifeTests
{
    private const string NewGrid = "110000001001009";

    [Fact]
    public async Task Figures_OfCasesThroughTheLoop_AreThoseWorkedByHand()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        // grid 0: three reported, of which one closed, one rejected, one left; grid 1: one fixed on the spot and verified
        await Requests.WalkAsync(client, (await Requests.OpenCaseAsync(client, 0)).Id, "closed");
        await Requests.StepOkAsync(client, (await Requests.OpenCaseAsync(client, 0)).Id, "reject", """{"reason":"none"}""");
        await Requests.OpenCaseAsync(client, 0);
        using var spot = await Requests.PostReportAsync(
            client, Requests.NewKey(), Requests.Report(1, more: ""","spot":{"unit":"u-1","note":"cleared"}"""));
        await Requests.StepOkAsync(client, (await Requests.ReadAsync<CaseAnswer>(spot)).Id, "verify", """{"by":{"id":"officer-2","role":"officer"}}""");

        var city = await FiguresAsync(client, SmallCity.City);
        var first = await FiguresAsync(client, SmallCity.Grids[0]);
        var second = await FiguresAsync(client, SmallCity.Grids[1]);

        Assert.Equal((3, 1), (city.Cases, city.Excluded));
        Assert.Equal((1, 1), Rate(city, "closing-rate"));
        Assert.Equal((1, 1), Rate(city, "on-time-closing-rate"));
        Assert.Equal((1, 3), Rate(city, "on-the-spot-rate"));
        Assert.Equal((0, 2), Rate(first, "on-the-spot-rate"));
        Assert.Equal((1, 1), Rate(second, "on-the-spot-pass-rate"));
        Assert.Equal((0, 0), Rate(second, "closing-rate"));
        Assert.Equal(1, city.Times.Single(t => t.Key == "time-whole").Count);
        Assert.Equal(2, city.Times.Single(t => t.Key == "time-handled").Count);
    }

    [Fact]
    public async Task Figures_AfterTheTerritoryChanged_LeaveWhatEndedBeforeWhereItWas()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await Requests.WalkAsync(client, (await Requests.OpenCaseAsync(client, 0)).Id, "closed");
        var open = await Requests.OpenCaseAsync(client, 0);
        var changed = Encoding.UTF8.GetString(SmallCity.GeoJson()).Replace($"\"{SmallCity.Grids[0]}\"", $"\"{NewGrid}\"", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/territory") { Content = Requests.Body(Encoding.UTF8.GetBytes(changed), "application/geo+json") };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var put = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<CaseAnswer>(client, "api/v1/cases/" + open.Id)).Grid == NewGrid, "the open case did not move");

        var gone = await FiguresAsync(client, SmallCity.Grids[0]);
        var here = await FiguresAsync(client, NewGrid);
        var city = await FiguresAsync(client, SmallCity.City);

        Assert.Equal((1, 1, 2), (gone.Cases, here.Cases, city.Cases));
        Assert.Equal(((1, 1), (0, 0), (1, 1)), (Rate(gone, "closing-rate"), Rate(here, "closing-rate"), Rate(city, "closing-rate")));
        Assert.Equal((null, "格1", 0), (gone.Name, here.Name, city.Unplaced));
    }

    private static Task<KpiAnswer> FiguresAsync(HttpClient client, string area) => Requests.GetAsync<KpiAnswer>(client, "api/v1/kpi?area=" + area);

    private static (int, int) Rate(KpiAnswer figures, string key)
    {
        var rate = figures.Rates.Single(r => r.Key == key);
        return (rate.Numerator, rate.Denominator);
    }
}
