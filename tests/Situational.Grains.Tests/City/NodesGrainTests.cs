using Situational.Grains.City;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.City;

public sealed class NodesGrainTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task List_LeasesByTheSteadyClock_LapseUnlessRenewed()
    {
        await using var city = await TestCity.StartAsync();
        var view = new View();
        var observer = city.Grains.CreateObjectReference<ILiveViewObserver>(view);
        await city.Nodes.RenewAsync("a", observer, None);
        await city.Nodes.RenewAsync("b", observer, None);
        city.Time.Advance(TimeSpan.FromSeconds(20));
        city.Time.StepWall(TimeSpan.FromHours(1));
        await city.Nodes.RenewAsync("b", observer, None);
        Assert.Equal(["a", "b"], await NamesAsync(city));
        city.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["b"], await NamesAsync(city));
        await city.Nodes.LeaveAsync("b", None);
        Assert.Empty(await NamesAsync(city));
        GC.KeepAlive(view);
    }

    [Fact]
    public async Task List_AnObserver_CanBeCalledByWhoeverGetsTheList()
    {
        await using var city = await TestCity.StartAsync();
        var view = new View();
        await city.Nodes.RenewAsync("a", city.Grains.CreateObjectReference<ILiveViewObserver>(view), None);
        var node = Assert.Single((await city.Nodes.ListAsync(None)).Nodes);
        await node.Observer.OnFeedAsync(new FeedMessage("silo", 1, 2, false, []));
        await Until.TrueAsync(() => view.Sequence == 1, "the view was called");
    }

    [Fact]
    public async Task Renew_MoreNodesThanTheBound_RefusesTheNewOne()
    {
        await using var city = await TestCity.StartAsync();
        var view = new View();
        var observer = city.Grains.CreateObjectReference<ILiveViewObserver>(view);
        for (var i = 0; i < NodesGrain.MaxNodes; i++)
            await city.Nodes.RenewAsync("n" + i, observer, None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => city.Nodes.RenewAsync("one too many", observer, None));
        await city.Nodes.RenewAsync("n0", observer, None);
        Assert.Equal(NodesGrain.MaxNodes, (await city.Nodes.ListAsync(None)).Nodes.Length);
        GC.KeepAlive(view);
    }

    private static async Task<string[]> NamesAsync(TestCity city) =>
        [.. (await city.Nodes.ListAsync(None)).Nodes.Select(n => n.Node).Order(StringComparer.Ordinal)];

    private sealed class View : ILiveViewObserver
    {
        public long Sequence { get; private set; }

        public Task OnFeedAsync(FeedMessage message)
        {
            Sequence = message.Sequence;
            return Task.CompletedTask;
        }
    }
}
