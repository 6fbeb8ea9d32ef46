using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

/// <summary>Redis ran it, and its answer never came.</summary>
[Trait("Fault", "2")]
public sealed class LostReplyTests : IDisposable
{
    private readonly SwallowingProxy _proxy;
    private readonly RedisSpace _store;

    public LostReplyTests(SharedRedis redis)
    {
        _proxy = new SwallowingProxy(redis.Server.Port);
        _store = new RedisSpace(redis.Server, ("Redis:Address", _proxy.Address));
    }

    public void Dispose()
    {
        _store.Dispose();
        _proxy.Dispose();
    }

    [Theory]
    [InlineData("{city}:report-key-order")]
    [InlineData("{grid:g}:fenced")]
    public async Task Append_WhoseReplyIsLost_IsAskedForAgainAndWrittenOnce(string step)
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_store.Journal, grid.Open("before"));

        _proxy.LoseReplyTo(step);
        await grid.AppendAsync(_store.Journal, grid.Open("key"));
        await grid.AppendAsync(_store.Journal, grid.Open("after"));

        Assert.Equal(1, _proxy.Lost);
        Assert.Equal(3, (await _store.Journal.LoadAsync("g", default)).Events.Count);
        Assert.Equal("g-2", (await _store.Journal.FindReportAsync("key", default))!.CaseId);
        Assert.Equal(["g-3", "g-2", "g-1"], (await _store.Journal.SearchAsync(new CaseQuery(null, 10), default)).Cases.Select(c => c.Id));
    }

    [Fact]
    public async Task Append_WhoseReplyIsLostTimeAndAgain_NeverDoubles()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_store.Journal, grid.Open());
        for (var i = 0; i < 5; i++)
        {
            _proxy.LoseReplyTo("{grid:g}:fenced");
            await grid.AppendAsync(_store.Journal, grid.Open());
            await grid.AppendAsync(_store.Journal, grid.CloseCase($"g-{i + 1}"));
        }
        Assert.Equal(5, _proxy.Lost);
        Assert.Equal(11, (await _store.Journal.LoadAsync("g", default)).Events.Count);
    }

    [Fact]
    public async Task Settle_WhoseReplyIsLost_ChangesNothingTheSecondTime()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_store.Journal, grid.Open("one"));
        _proxy.LoseReplyTo("{city}:case-entries");
        await grid.AppendAsync(_store.Journal, grid.Open("two"));
        await grid.AppendAsync(_store.Journal, grid.Open("three"));

        var found = await Persevering.WhenBackAsync(() => _store.Journal.SearchAsync(new CaseQuery(["g"], 10), default));
        Assert.Equal(["g-3", "g-2", "g-1"], found.Cases.Select(c => c.Id).OrderDescending());
        Assert.Equal(1, _proxy.Lost);
    }

    [Fact]
    public async Task Enrol_WhoseReplyIsLost_GivesTheSameSquad()
    {
        _proxy.LoseReplyTo("{units}:squads");
        Assert.Equal(["s1"], await _store.Units.EnrolAsync([new("u", "s1")], default));
        Assert.Equal(["s1"], await _store.Units.EnrolAsync([new("u", "s2")], default));
        Assert.Equal(1, _proxy.Lost);
    }

    [Fact]
    public async Task Territory_WhoseReplyIsLost_IsStillTheOneThatWasAdded()
    {
        _proxy.LoseReplyTo("{territory}:heads");
        Assert.True(await _store.Territories.TryAddAsync(new StoredTerritory(1, "{}"u8.ToArray(), "f"), null, default));
        Assert.False(await _store.Territories.TryAddAsync(new StoredTerritory(1, "{}"u8.ToArray(), "f"), null, default));
        Assert.Equal(1, _proxy.Lost);
    }

    [Fact]
    public async Task Duty_WhoseReplyIsLost_IsWrittenOnceWithItsEntry()
    {
        _proxy.LoseReplyTo("{units}:duty-squads");
        await _store.Duty.SaveAsync(new UnitDuty("u", "s", false, TestGrid.Noon, null), Entry("unit.duty"), default);
        Assert.Single(await _store.Duty.LoadAsync("s", default));
        Assert.Single((await _store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
        Assert.Equal(1, _proxy.Lost);
    }

    [Fact]
    public async Task Acknowledge_WhoseReplyIsLost_IsWrittenOnceWithItsEntry()
    {
        _proxy.LoseReplyTo("{city}:alert-times");
        var alert = new AlertAcknowledgement("red:g-1", "officer-wang", TestGrid.Noon);
        Assert.Equal([alert], await _store.Alerts.AcknowledgeAsync([alert], Entry("alert.acknowledge"), default));
        Assert.Single(await _store.Alerts.SinceAsync(DateTimeOffset.UnixEpoch, 10, default));
        Assert.Single((await _store.Audit.SearchAsync(new AuditQuery(10), default)).Entries);
        Assert.Equal(1, _proxy.Lost);
    }

    [Fact]
    public async Task Trails_WhoseReplyIsLost_HaveEachPointOnce()
    {
        TrailPoint[] points = [new("u", TestGrid.Noon, 30, 120, 5, "g"), new("u", TestGrid.Noon.AddSeconds(1), 30, 120, 5, "g")];
        _proxy.LoseReplyTo("{trails}:slots");
        await _store.Trails.SaveAsync(points, default);
        Assert.Equal(points, await _store.Trails.OfUnitAsync("u", TestGrid.Noon, TestGrid.Noon.AddHours(1), 10, default));
        Assert.Equal(2, await _store.Trails.ForgetAsync(TestGrid.Noon.AddHours(1), 10, default));
        Assert.Equal(1, _proxy.Lost);
    }

    private static AuditEntry Entry(string what) => new(TestGrid.Noon, "officer-wang", "officer", null, what, "u");
}
