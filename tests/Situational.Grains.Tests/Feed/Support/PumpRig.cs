using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Testing;

namespace Situational.Grains.Tests.Feed.Support;

/// <summary>A real outbox and its pump under a clock that the test moves.</summary>
internal sealed class PumpRig : IAsyncDisposable, INodesGrain
{
    private readonly Dictionary<string, FakeNode> _nodes = [];
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FeedPump _pump;

    public PumpRig()
    {
        Outbox = new FeedOutbox();
        _pump = new FeedPump(Outbox, () => this, Microsoft.Extensions.Options.Options.Create(new FeedOutboxOptions()), Clock,
            new GrainsMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<FeedPump>.Instance);
    }

    public FakeClock Clock { get; } = new();

    public FeedOutbox Outbox { get; }

    /// <summary>Set to let the list of nodes fail.</summary>
    public bool ListFails { get; set; }

    public static async Task<PumpRig> StartAsync()
    {
        var rig = new PumpRig();
        await rig._pump.StartAsync(CancellationToken.None);
        return rig;
    }

    /// <summary>Adds a node and waits until the silo speaks to it.</summary>
    public async Task<FakeNode> JoinAsync(string id)
    {
        var node = new FakeNode(Clock);
        lock (_nodes)
            _nodes.Add(id, node);
        await PassUntilAsync(() => node.Heard.Count > 0);
        return node;
    }

    public void Drop(string id)
    {
        lock (_nodes)
            _nodes.Remove(id);
    }

    /// <summary>Lets time pass in small steps until something is true.</summary>
    public async Task PassUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(1, deadline.Token);
            Clock.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Waits, without time passing, until something is true.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(1, deadline.Token);
    }

    public Task RenewAsync(string node, ILiveViewObserver observer, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task LeaveAsync(string node, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<NodeList> ListAsync(CancellationToken cancellationToken)
    {
        if (ListFails)
            throw new TimeoutException("away");
        lock (_nodes)
            return Task.FromResult(new NodeList([.. _nodes.Select(n => new NodeLease(n.Key, n.Value))]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
            node.Loosen();
        await _pump.StopAsync(CancellationToken.None);
        _pump.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>A change of a grid with one unit row.</summary>
    public static GridChange Change(string grid, long revision, params ImmutableArray<UnitRow> units) =>
        new(grid, 1, revision - 1, revision, false, default, units, [], [], []);

    public static UnitRow Unit(string id, long sequence) => new(id, sequence, "s", id, 1, 2, 3, 0, 0, sequence);
}
