using System.Net;
using Situational.Cli.Demo;
using Situational.Cli.Http;
using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Cli.Tests.Demo;

/// <summary>Shifts, calls for help and acknowledgements of the demo against the real system, hours of them in seconds.</summary>
public sealed class DemoDutyTests
{
    [Fact]
    public async Task Duty_OverHours_ChangesShiftsAndAnswersEveryCall()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);
        var street = DemoStreet.Build(7);
        (await client.PutTerritoryAsync(DemoTerritory.ToGeoJson(street), "", default)).Require("loading the street");
        var walkers = Enumerable.Range(0, 16).Select(i => new Walker(street, i % 8, i / 8 + 1, i)).ToList();
        var now = TimeProvider.System.GetUtcNow();
        (await client.PostPositionsAsync([.. walkers.Select(w => w.Step(6, now)!)], default)).Require("sending positions");
        using var officer = new DemoDesk(client, TimeProvider.System, new Random(1));
        var duty = new DemoDuty(client, officer, walkers, new Random(2));

        await duty.BeginAsync(now, default);
        var least = walkers.Count;
        for (var seconds = 0; seconds < 3 * 3600; seconds += 5)
        {
            await duty.StepAsync(now.AddSeconds(seconds), default);
            least = Math.Min(least, walkers.Count(w => w.OnDuty));
        }

        var members = await MembersAsync(client);
        Assert.InRange(least, walkers.Count / 3, walkers.Count - 1);
        Assert.Equal(
            walkers.Where(w => !w.OnDuty).Select(w => w.Id).Order(), members.Where(m => !m.OnDuty).Select(m => m.Id).Order());
        var calls = members.Select(m => m.Sos).OfType<SosAnswer>().ToList();
        Assert.True(calls.Count > 1, "nobody called for help in three hours");
        Assert.True(calls.Count(c => c.AnsweredBy == DemoPeople.FirstOfficer) >= calls.Count - 1, "calls stay open");
        Assert.All(calls, c => Assert.EndsWith(DemoPeople.Mark, c.Note));

        // a new run finds everyone at work
        await new DemoDuty(client, officer, walkers, new Random(3)).BeginAsync(now, default);
        Assert.All(await MembersAsync(client), m => Assert.True(m.OnDuty));
    }

    [Fact]
    public async Task Desk_OfTheDemosOfficer_SeesSomeOfTheAlertsAndLeavesTheOthers()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);
        var street = DemoStreet.Build(7);
        (await client.PutTerritoryAsync(DemoTerritory.ToGeoJson(street), "", default)).Require("loading the street");
        var red = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            var at = street.Crossing(20 + i);
            var answer = await client.PostReportAsync(
                new ReportRequest("fire", "red", "火情" + i, new PlaceRequest(at.Latitude, at.Longitude), "demo"), "k-" + i, default);
            red.Add("red:" + answer.Require("reporting").Id);
        }
        using var officer = new DemoDesk(client, TimeProvider.System, new Random(1));
        var now = TimeProvider.System.GetUtcNow();

        await officer.StepAsync(now, default);
        using var early = await AcknowledgedAsync(host);
        await officer.StepAsync(now.AddMinutes(5), default);
        await officer.StepAsync(now.AddMinutes(10), default);
        using var late = await AcknowledgedAsync(host);

        Assert.DoesNotContain("red:", await early.Content.ReadAsStringAsync());
        var seen = (await late.Content.ReadAsStringAsync()).Split("red:").Length - 1;
        Assert.InRange(seen, 5, red.Distinct().Count() - 3);
    }

    [Fact]
    public async Task Links_OpenTheDesksOfAnOfficerASupervisorAndALead()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);

        var links = await DemoDesk.LinksAsync(client, default);

        Assert.Equal(["Desk (officer)", "Desk (supervisor)", "Desk (lead)"], links.Select(l => l.Split(':')[0]));
        foreach (var link in links)
            using (await SituationalClient.OpenDeskAsync(host.BaseAddress, new Uri(link[(link.IndexOf(':', StringComparison.Ordinal) + 2)..]).PathAndQuery, TimeProvider.System, default))
            {
            }
    }

    [Fact]
    public void Walker_OffDuty_SendsNothingAndComesBackWithAFullerPhone()
    {
        var walker = new Walker(DemoStreet.Build(7), 3, 1, 11);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 600; i++)
            _ = walker.Step(10, now.AddSeconds(i * 10));
        var worn = walker.Battery;

        walker.OnDuty = false;
        var sent = Enumerable.Range(0, 60).Select(i => walker.Step(10, now.AddSeconds(6_000 + i * 10))).OfType<FixRequest>().Count();

        Assert.Equal((0, null), (sent, walker.Heard));
        Assert.True(walker.Battery > worn);
        walker.OnDuty = true;
        Assert.True(Enumerable.Range(0, 60).Select(i => walker.Step(10, now.AddSeconds(7_000 + i * 10))).OfType<FixRequest>().Any());
    }

    private static async Task<List<SquadMemberAnswer>> MembersAsync(SituationalClient client)
    {
        var members = new List<SquadMemberAnswer>();
        foreach (var squad in DemoTerritory.Squads)
            members.AddRange((await client.SquadAsync(squad, default)).Require("reading a squad").Members);
        return members;
    }

    private static async Task<HttpResponseMessage> AcknowledgedAsync(HostProcess host)
    {
        using var client = host.CreateClient();
        var answer = await client.GetAsync("api/v1/alerts/acknowledged");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
