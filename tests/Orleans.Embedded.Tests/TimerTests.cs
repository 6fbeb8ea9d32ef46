using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    private TestSilo _silo = null!;
    private Ticks _ticks = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await Silos.StartAsync();
        _ticks = _silo.Services.GetRequiredService<Ticks>();
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Timer_WhenDue_TicksAgainAndAgain()
    {
        var activation = await _silo.Get<ITimerGrain>("one").StartAsync(Short, Short, keepAlive: true);

        await TicksOf(activation, 5);
    }

    [Fact]
    public async Task Tick_WhileACallAwaits_WaitsForItsTurn()
    {
        var (grain, stage) = (_silo.Get<ITimerGrain>("one"), _silo.Stage());
        var activation = await grain.StartAsync(Short, Short, keepAlive: true);
        await TicksOf(activation, 1);

        var holding = grain.HoldAsync("gate");
        await stage["gate"].Arrived;
        // Another grain's timer of the same period ticks many times meanwhile.
        await TicksOf(await _silo.Get<ITimerGrain>("other").StartAsync(Short, Short, keepAlive: true), 10);
        stage["gate"].Open();

        Assert.Equal(0, await holding);
        var now = _ticks[activation];
        await TicksOf(activation, now + 1);
    }

    [Fact]
    public async Task Timer_OfAnEndedActivation_TicksNoMore()
    {
        var (grain, stage) = (_silo.Get<ITimerGrain>("one"), _silo.Stage());
        var first = await grain.StartAsync(Short, Short, keepAlive: true);
        await TicksOf(first, 2);

        await grain.DeactivateAsync();
        var second = await grain.StartAsync(Short, Short, keepAlive: true);
        await TicksOf(second, 5);

        Assert.NotEqual(first, second);
        Assert.Contains($"ended {first} after {_ticks[first]}", stage.Notes);
    }

    [Fact]
    public async Task Timer_WhoseTickFails_TicksOn()
    {
        var grain = _silo.Get<ITimerGrain>("one");

        await grain.StartFailingAsync();

        await Wait.Until(() => _ticks.Values.Sum() >= 3, "ticks after the failure");
    }

    [Fact]
    public async Task Timer_Disposed_TicksNoMore()
    {
        var grain = _silo.Get<ITimerGrain>("one");
        var activation = await grain.StartAsync(Short, Short, keepAlive: true);
        await TicksOf(activation, 1);

        await grain.StopAsync();
        var stopped = _ticks[activation];
        await TicksOf(await _silo.Get<ITimerGrain>("other").StartAsync(Short, Short, keepAlive: true), 10);

        Assert.Equal(stopped, _ticks[activation]);
    }

    [Fact]
    public async Task Timer_Changed_FollowsItsNewTimes()
    {
        var grain = _silo.Get<ITimerGrain>("one");
        var activation = await grain.StartAsync(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, keepAlive: true);
        await TicksOf(await _silo.Get<ITimerGrain>("other").StartAsync(Short, Short, keepAlive: true), 10);
        Assert.False(_ticks.ContainsKey(activation));

        await grain.ChangeAsync(Short, Short);

        await TicksOf(activation, 3);
    }

    private Task TicksOf(int activation, int atLeast) =>
        Wait.Until(() => _ticks.GetValueOrDefault(activation) >= atLeast, $"{atLeast} ticks");
}
