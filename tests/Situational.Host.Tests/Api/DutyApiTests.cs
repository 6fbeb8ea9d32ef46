using System.Net;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

/// <summary>Who is on duty, and who needs help, over HTTP.</summary>
[Collection(SharedHost.Name)]
public sealed class DutyApiTests(HostFixture shared)
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Duty_Off_TakesTheUnitOffFeedUnitsNearestAndSquad()
    {
        var (unit, squad) = await SeenAsync("off");
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = shared.Host.BaseAddress, Key = shared.Host.Key });
        await screen.WaitAsync(p => p.Units.ContainsKey(unit));
        Assert.Contains(await NearestAsync(), n => n.Unit.Id == unit);

        var answer = await Squads.SetAsync(shared.Client, unit, on: false);

        Assert.False(answer.OnDuty);
        Assert.InRange(answer.Since!.Value, _now.AddSeconds(-1), _now.AddMinutes(5));
        await screen.WaitAsync(p => !p.Units.ContainsKey(unit));
        await Eventually.HoldsAsync(async () => (await Squads.UnitsAsync(shared.Client)).All(u => u.Id != unit), "it is still among the units");
        Assert.DoesNotContain(await NearestAsync(), n => n.Unit.Id == unit);
        using var members = await shared.Client.GetAsync("api/v1/squads/" + squad);
        var json = JsonDocument.Parse(await members.Content.ReadAsStringAsync()).RootElement.GetProperty("members")[0];
        // Neither a place nor a time, and no name under which one could hide.
        Assert.Equal(["callSign", "cases", "id", "onDuty", "since"], json.EnumerateObject().Select(p => p.Name).Order());

        await Squads.SetAsync(shared.Client, unit, on: true);
        Assert.Equal(1, (await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(unit, 1, TimeProvider.System.GetUtcNow())}]")).Moved);
        await screen.WaitAsync(p => p.Units.TryGetValue(unit, out var row) && row.Text(6) == SmallCity.Grids[1]);
    }

    [Fact]
    public async Task Positions_OfWhoIsOffDutyAmongOthers_AreRefusedEachByItsPlace()
    {
        var (off, squad) = await SeenAsync("mix-off");
        var mate = "mate-" + off;
        await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(mate, 0, _now, $",\"squad\":\"{squad}\"")},{Requests.Fix("x-" + off, 0, _now)}]");
        await Squads.SetAsync(shared.Client, off, on: false);
        var later = TimeProvider.System.GetUtcNow();

        var answer = await Requests.RecordAsync(
            shared.Client,
            $"""
            [{Requests.Fix("x-" + off, 1, later)},{Requests.Fix(off, 1, later)},{Requests.Fix(mate, 1, later)},"none",
             {Requests.Fix(off, 2, later.AddMilliseconds(1))},{Requests.Fix("x-" + off, 2, later.AddMilliseconds(1))}]
            """);

        Assert.Equal((6, 3, 3), (answer.Received, answer.Accepted, answer.Refused));
        Assert.Equal(
            [(1, "off-duty", off), (3, "not-an-object", null), (4, "off-duty", off)], answer.Reasons.Select(r => (r.Index, r.Reason, r.Unit)));
        await Eventually.HoldsAsync(async () => (await Squads.UnitsAsync(shared.Client)).All(u => u.Id != off), "who is off duty leaves the picture");
    }

    [Fact]
    public async Task Sos_StandsUntilItIsAnsweredAndIsSeenEverywhere()
    {
        var (unit, squad) = await SeenAsync("sos");
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = shared.Host.BaseAddress, Key = shared.Host.Key });
        await screen.WaitAsync(p => p.Units.ContainsKey(unit));

        var call = await Squads.CallAsync(shared.Client, unit, """{"note":"fell into a shaft"}""");

        var at = call.At.ToUnixTimeMilliseconds();
        await screen.WaitAsync(p => p.Units[unit].Number(12) == at);
        Assert.Equal((SmallCity.Inside(0).Lat, "fell into a shaft", null), (call.Lat, call.Note, call.AnsweredAt));
        await Eventually.HoldsAsync(async () => (await Squads.UnitsAsync(shared.Client)).Single(u => u.Id == unit).Sos == call.At, "the call is not among the units");
        Assert.Equal(call.At, (await Squads.MemberAsync(shared.Client, squad, unit)).Sos!.At);
        using (var again = await Squads.PostAsync(shared.Client, unit, "sos", "{}"))
        {
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Equal(call, await Requests.ReadAsync<SosAnswer>(again));
        }
        using (var off = await Squads.PostAsync(shared.Client, unit, "duty", """{"on":false}"""))
        {
            Assert.Equal(HttpStatusCode.Conflict, off.StatusCode);
            Assert.Equal(at, (await Requests.ProblemAsync(off)).GetProperty("sos").GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds());
        }

        using (var officer = await Desks.ClientAsync(shared.Host, "o-sos"))
        using (var reply = await Squads.PostAsync(officer, unit, "sos/answer", """{"note":"on the way"}"""))
        {
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            var answered = await Requests.ReadAsync<SosAnswer>(reply);
            Assert.Equal((call.At, "o-sos", "on the way"), (answered.At, answered.AnsweredBy, answered.Answer));
        }
        await screen.WaitAsync(p => p.Units[unit].Number(12) == 0);
        using (var twice = await Squads.PostAsync(shared.Client, unit, "sos/answer"))
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        var audit = await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=" + unit);
        Assert.Equal([("unit.sos-answer", "o-sos", "officer"), ("unit.sos", "ingest-key", "worker")], audit.Entries.Select(e => (e.What, e.Who, e.Role)));
        Assert.DoesNotContain(audit.Entries, e => e.Detail is not null);
    }

    [Fact]
    public async Task Squad_OfWhoCalledForHelpAndIsOffDutyNow_DoesNotSayWhereTheyCalled()
    {
        var (unit, squad) = await SeenAsync("place");
        await Squads.CallAsync(shared.Client, unit);
        using (var reply = await Squads.PostAsync(shared.Client, unit, "sos/answer"))
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.NotNull((await Squads.MemberAsync(shared.Client, squad, unit)).Sos!.Lat);

        await Squads.SetAsync(shared.Client, unit, on: false);

        var sos = (await Squads.MemberAsync(shared.Client, squad, unit)).Sos!;
        Assert.Equal((null, null), (sos.Lat, sos.Lon));
        Assert.NotNull(sos.AnsweredAt);
    }

    [Theory]
    [InlineData("duty", """{}""", "on")]
    [InlineData("duty", """{"on":"yes"}""", "on")]
    [InlineData("duty", """[true]""", "body")]
    [InlineData("sos", """{"lat":91,"lon":116}""", "lat")]
    [InlineData("sos", """{"lat":39.9}""", "lon")]
    [InlineData("sos", """{"lat":0,"lon":0}""", "lat")]
    [InlineData("sos", """{"note":5}""", "note")]
    [InlineData("sos", """{"note":"\u0000"}""", "note")]
    [InlineData("sos/answer", """{"note":""}""", "note")]
    public async Task Post_AWrongField_IsNamedWithItsLimit(string what, string body, string field)
    {
        var (unit, _) = await SeenAsync("wrong");
        using var answer = await Squads.PostAsync(shared.Client, unit, what, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }

    [Fact]
    public async Task Post_ANoteOfMoreThanAThousandCharacters_IsRefusedWithTheLimit()
    {
        var (unit, _) = await SeenAsync("long");
        using var answer = await Squads.PostAsync(shared.Client, unit, "sos", $$"""{"note":"{{new string('求', 1_001)}}"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("1000", await Requests.FieldErrorAsync(answer, "note"));
        using var fits = await Squads.PostAsync(shared.Client, unit, "sos", $$"""{"note":"{{new string('求', 1_000)}}"}""");
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
    }

    [Theory]
    [InlineData("duty", """{"on":true}""")]
    [InlineData("sos", null)]
    [InlineData("sos/answer", null)]
    public async Task Post_OfAnUnknownUnit_IsNotFound(string what, string? body)
    {
        using var answer = await Squads.PostAsync(shared.Client, "nobody", what, body);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("duty", """{"on":false}""")]
    [InlineData("sos", "{}")]
    [InlineData("sos/answer", "{}")]
    public async Task Post_OfALeadForAnotherSquad_IsForbiddenAndForTheirOwnIsNot(string what, string body)
    {
        var (unit, squad) = await SeenAsync("lead");
        using var foreign = await Desks.ClientAsync(shared.Host, "l-foreign", "lead", "another-squad");
        using var own = await Desks.ClientAsync(shared.Host, "l-own", "lead", squad);

        using (var refused = await Squads.PostAsync(foreign, unit, what, body))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            await Requests.ProblemAsync(refused);
        }
        Assert.Empty((await Requests.GetAsync<AuditAnswer>(shared.Client, "api/v1/audit?target=" + unit)).Entries);
        using var taken = await Squads.PostAsync(own, unit, what, body);
        Assert.Equal(what == "sos/answer" ? HttpStatusCode.Conflict : what == "sos" ? HttpStatusCode.Created : HttpStatusCode.OK, taken.StatusCode);
    }

    private Task<NearUnitAnswer[]> NearestAsync() => Requests.GetAsync<NearUnitAnswer[]>(shared.Client, "api/v1/units/nearest?lat=39.905&lon=116.405&limit=50");

    /// <summary>A unit of its own squad that is seen in the first grid.</summary>
    private async Task<(string Unit, string Squad)> SeenAsync(string name)
    {
        var unit = $"{name}-{Guid.NewGuid():N}"[..20];
        var squad = "sq-" + unit;
        await Requests.RecordAsync(shared.Client, $"[{Requests.Fix(unit, 0, _now, $",\"squad\":\"{squad}\"")}]");
        await Squads.SeenAsync(shared.Client, unit);
        return (unit, squad);
    }
}
