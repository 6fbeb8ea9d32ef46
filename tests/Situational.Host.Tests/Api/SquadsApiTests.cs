using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

/// <summary>Squads, who is nearest, and trails, over HTTP.</summary>
[Collection(SharedHost.Name)]
public sealed class SquadsApiTests(HostFixture shared)
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly string _squad = "sq-" + Guid.NewGuid().ToString("N")[..12];

    [Fact]
    public async Task Squad_OfUnitsWithATask_SaysBatteryGridAndCases()
    {
        var (first, second) = (_squad + "-a", _squad + "-b");
        await RecordAsync(first, 3, _now.AddMinutes(-3), ",\"battery\":41,\"callSign\":\"东一\"");
        await RecordAsync(second, 0, _now);
        var one = await Requests.OpenCaseAsync(shared.Client, 3);
        await Requests.StepOkAsync(shared.Client, one.Id, "accept");
        await Requests.StepOkAsync(shared.Client, one.Id, "dispatch", $$$"""{"assignee":{"kind":"unit","id":"{{{first}}}"}}""");

        await Eventually.HoldsAsync(async () => (await Squads.MemberAsync(shared.Client, _squad, first)).Cases.Count == 1, "the case is not with its unit");

        var members = (await Requests.GetAsync<SquadMembersAnswer>(shared.Client, "api/v1/squads/" + _squad)).Members;
        Assert.Equal([first, second], members.Select(m => m.Id));
        var member = members[0];
        Assert.Equal(("东一", true, "stale", 41, SmallCity.Grids[3]), (member.CallSign, member.OnDuty, member.State, member.Battery, member.Grid));
        Assert.Equal(member.At, member.EnteredAt);
        Assert.Equal([one.Id], member.Cases);
        Assert.Null(member.Since);
        Assert.Contains(await Requests.GetAsync<SquadAnswer[]>(shared.Client, "api/v1/squads"), s => s == new SquadAnswer(_squad, 2));
        var row = (await Squads.UnitsAsync(shared.Client)).Single(u => u.Id == first);
        Assert.Equal((41, member.EnteredAt, null), (row.Battery, row.EnteredAt, row.Sos));

        await Requests.StepOkAsync(shared.Client, one.Id, "return", """{"by":{"id":"w-1","role":"worker"},"reason":"not mine"}""");
        await Eventually.HoldsAsync(async () => (await Squads.MemberAsync(shared.Client, _squad, first)).Cases.Count == 0, "the case is still with its unit");
    }

    [Fact]
    public async Task Nearest_OfUnitsAround_AreInOrderOfTheirDistance()
    {
        for (var grid = 0; grid < 4; grid++)
            await RecordAsync($"{_squad}-{grid}", grid, _now);
        await Squads.SeenAsync(shared.Client, _squad + "-3");
        var (lat, lon) = SmallCity.Inside(3);

        var nearest = await Requests.GetAsync<NearUnitAnswer[]>(
            shared.Client, string.Create(null, $"api/v1/units/nearest?lat={lat}&lon={lon}&limit=50"));

        Assert.Equal(nearest.Select(n => n.Meters).Order(), nearest.Select(n => n.Meters));
        var ours = nearest.Where(n => n.Unit.Id.StartsWith(_squad, StringComparison.Ordinal)).ToArray();
        Assert.Equal((_squad + "-3", 0), (ours[0].Unit.Id, ours[0].Meters));
        Assert.Equal([$"{_squad}-2", $"{_squad}-1", $"{_squad}-0"], ours[1..].Select(n => n.Unit.Id));
        Assert.InRange(ours[1].Meters, 840, 865);
        Assert.Single(await Requests.GetAsync<NearUnitAnswer[]>(shared.Client, "api/v1/units/nearest?lat=39.9&lon=116.4&limit=1"));
    }

    [Theory]
    [InlineData("lon=116", "lat")]
    [InlineData("lat=91&lon=116", "lat")]
    [InlineData("lat=39.9&lon=180.1", "lon")]
    [InlineData("lat=NaN&lon=1", "lat")]
    [InlineData("lat=39.9&lon=116&limit=51", "limit")]
    [InlineData("lat=39.9&lon=116&limit=0", "limit")]
    public async Task Nearest_AWrongParameter_IsNamed(string query, string field)
    {
        using var answer = await shared.Client.GetAsync("api/v1/units/nearest?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Trail_OfAUnit_IsThereAndWhoLookedStandsInTheAuditTrail()
    {
        var unit = _squad + "-t";
        var begun = _now.AddMinutes(-10);
        for (var i = 0; i < 4; i++)
            await RecordAsync(unit, i, begun.AddMinutes(i));
        using var lead = await Desks.ClientAsync(shared.Host, "l-" + unit, "lead", _squad);
        TrailAnswer? trail = null;
        await Eventually.HoldsAsync(
            async () => (trail = await Requests.GetAsync<TrailAnswer>(lead, $"api/v1/units/{unit}/trail")).Points.Count == 4, "the trail is not stored");

        Assert.Null(trail!.Truncated);
        Assert.Equal(TimeSpan.FromHours(4), trail.To - trail.From);
        var points = trail.Points.Select(p => p.Cast<JsonElement>().ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, 4).Select(i => begun.AddMinutes(i).ToUnixTimeMilliseconds()), points.Select(p => p[0].GetInt64()));
        Assert.Equal([39_905_000, 39_905_000, 39_915_000, 39_915_000], points.Select(p => p[1].GetInt32()));
        Assert.All(points, p => Assert.Equal((-1, 0), (p[3].GetInt32(), p[5].GetInt32())));
        Assert.Equal(SmallCity.Grids, points.Select(p => p[4].GetString()));
        var entry = (await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=" + unit)).Entries[0];
        Assert.Equal(("trail.view", "l-" + unit, "worker", "127.0.0.1"), (entry.What, entry.Who, entry.Role, entry.From));
        Assert.Equal($"{trail.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} to {trail.To.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", entry.Detail);

        var part = await Requests.GetAsync<TrailAnswer>(
            lead, $"api/v1/units/{unit}/trail?from={Uri.EscapeDataString(begun.AddMinutes(1).ToString("O"))}&to={Uri.EscapeDataString(begun.AddMinutes(2).ToString("O"))}");
        Assert.Equal(2, part.Points.Count);
    }

    [Fact]
    public async Task Trail_OfAnotherSquadsUnit_IsForbiddenToALeadAndNotToAnOfficer()
    {
        var unit = _squad + "-f";
        await RecordAsync(unit, 0, _now);
        using var lead = await Desks.ClientAsync(shared.Host, "l-foreign", "lead", "another-squad");
        using var officer = await Desks.ClientAsync(shared.Host, "o-trail");

        using var refused = await lead.GetAsync($"api/v1/units/{unit}/trail");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await Requests.ProblemAsync(refused);
        Assert.Empty((await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=" + unit)).Entries);
        Assert.Equal(unit, (await Requests.GetAsync<TrailAnswer>(officer, $"api/v1/units/{unit}/trail")).Unit);
    }

    [Theory]
    [InlineData("from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:01Z")]
    [InlineData("from=2026-11-23T00:00:01Z&to=2026-11-23T00:00:00Z")]
    [InlineData("from=yesterday")]
    public async Task Trail_AWrongTime_IsNamedAndNobodyLooked(string query)
    {
        var unit = _squad + "-w";
        await RecordAsync(unit, 0, _now);
        using var answer = await shared.Client.GetAsync($"api/v1/units/{unit}/trail?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, "from"));
        Assert.Empty((await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=" + unit)).Entries);
    }

    [Theory]
    [InlineData("api/v1/squads/nobody")]
    [InlineData("api/v1/units/nobody/trail")]
    public async Task Get_OfWhatThereIsNot_IsNotFound(string address)
    {
        using var answer = await shared.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Requests.ProblemAsync(answer);
    }

    private async Task RecordAsync(string unit, int grid, DateTimeOffset at, string more = "") =>
        Assert.Equal(1, (await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(unit, grid, at, $",\"squad\":\"{_squad}\"{more}")}]")).Accepted);
}
