using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>Duty and calls for help over a crash, and while the store is away.</summary>
public sealed class DutyFaultTests
{
    /// <summary>Who is not heard for three seconds is gone.</summary>
    private static readonly string[] Quick =
    [
        "--Situational:Patrols:LiveSeconds=1", "--Situational:Patrols:LateSeconds=2", "--Situational:Patrols:StaleSeconds=3",
        "--Situational:Patrols:SaveSeconds=1",
    ];

    [Theory]
    [InlineData(HostStore.Sqlite)]
    [InlineData(HostStore.OnRedis)]
    public async Task Kill_AfterACallForHelpAndAnEndOfDuty_BothStand(string kind)
    {
        await using var store = await HostStore.StartAsync(kind);
        await using var host = await store.StartHostAsync(new HostProcessOptions { Arguments = Quick });
        SosAnswer call;
        using (var client = host.CreateClient())
        {
            await Requests.PutCityAsync(client);
            var now = TimeProvider.System.GetUtcNow();
            await Requests.RecordAsync(
                client, $"[{Requests.Fix("u-sos", 0, now, ",\"squad\":\"north\"")},{Requests.Fix("u-off", 1, now, ",\"squad\":\"north\"")}]");
            await Squads.SeenAsync(client, "u-off");
            call = await Squads.CallAsync(client, "u-sos", """{"note":"help"}""");
            await Squads.SetAsync(client, "u-off", on: false);
        }
        host.Kill();
        await host.RestartAsync();

        using var after = host.CreateClient();
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        // Gone, and calling all the same.
        await screen.WaitAsync(p => p.Units.TryGetValue("u-sos", out var row) && row.Number(4) == 3 && row.Number(12) == call.At.ToUnixTimeMilliseconds());
        Assert.False(screen.Look(p => p.Units.ContainsKey("u-off")));
        Assert.Equal("help", (await Squads.MemberAsync(after, "north", "u-sos")).Sos!.Note);
        Assert.False((await Squads.MemberAsync(after, "north", "u-off")).OnDuty);
        var answer = await Requests.RecordAsync(after, $"[{Requests.Fix("u-off", 1, TimeProvider.System.GetUtcNow())}]");
        Assert.Equal((0, 1, "off-duty"), (answer.Accepted, answer.Refused, Assert.Single(answer.Reasons).Reason));
        using (var reply = await Squads.PostAsync(after, "u-sos", "sos/answer"))
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        // Killed before its fix was stored, nothing is known of it any more once it calls no longer.
        await screen.WaitAsync(p => !p.Units.TryGetValue("u-sos", out var row) || row.Number(12) == 0);
    }

    [Trait("Fault", "3")]
    [Trait("Fault", "4")]
    [Theory]
    [InlineData(HostStore.Sqlite)]
    [InlineData(HostStore.OnRedis)]
    public async Task StoreAway_DutySosAndTrail_AreRefusedAndNothingChanges(string kind)
    {
        await using var store = await HostStore.StartAsync(kind);
        await using var host = await store.StartHostAsync(new HostProcessOptions
        {
            Arguments = ["--Situational:Storage:BusySeconds=1", "--Situational:Storage:AnswerSeconds=2", "--Situational:Storage:Redis:AnswerSeconds=2"],
        });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await Requests.RecordAsync(client, $"[{Requests.Fix("u", 0, TimeProvider.System.GetUtcNow(), ",\"squad\":\"north\"")}]");
        await Squads.SeenAsync(client, "u");

        await using (await store.TakeAwayAsync(host))
        {
            foreach (var sendAsync in new Func<Task<HttpResponseMessage>>[]
            {
                () => Squads.PostAsync(client, "u", "duty", """{"on":false}"""), () => Squads.PostAsync(client, "u", "sos"),
                () => client.GetAsync("api/v1/units/u/trail"),
            })
            {
                using var refused = await sendAsync();
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.NotNull(refused.Headers.RetryAfter);
                await Requests.ProblemAsync(refused);
            }
            // It is on duty, and its positions go on.
            Assert.Equal(1, (await Requests.RecordAsync(client, $"[{Requests.Fix("u", 1, TimeProvider.System.GetUtcNow())}]")).Moved);
            Assert.Null((await Squads.UnitsAsync(client)).Single(u => u.Id == "u").Sos);
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await Squads.PostAsync(client, "u", "duty", """{"on":false}""");
                return again.StatusCode == HttpStatusCode.OK;
            },
            "duty is still refused");
        Assert.Equal(["unit.off-duty"], (await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit?target=u")).Entries.Select(e => e.What).Distinct());
    }
}
