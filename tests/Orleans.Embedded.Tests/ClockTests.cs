#if ORLEANS_EMBEDDED
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;
using Situational.Testing;

namespace Orleans.Embedded.Tests;

/// <summary>
/// The clock comes from the services. Of Orleans itself only grains would keep to a clock that stands still: its membership
/// takes it too, and its idleness comes from the machine's.
/// </summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() =>
        _silo = await TestSilo.StartAsync(services => services
            .AddSingleton<TimeProvider>(_clock).AddSingleton<Stage>().AddSingleton<Sums>().AddScoped<Scoped>().AddSingleton<Ticks>());

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Timer_TicksByTheClockOfTheServices()
    {
        var ticks = _silo.Services.GetRequiredService<Ticks>();
        var activation = await _silo.Get<ITimerGrain>("one").StartAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), keepAlive: false);

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await _silo.Get<ITimerGrain>("one").TicksAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.Until(() => ticks.GetValueOrDefault(activation) == 1, "the first tick");
        // The next is due a period after the tick's end, which the grain's next turn proves.
        Assert.Equal(1, await _silo.Get<ITimerGrain>("one").TicksAsync());
        await Wait.Until(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return ticks.GetValueOrDefault(activation) == 2;
            },
            "the second tick");
    }

    [Fact]
    public async Task Idleness_IsMeasuredByTheClockOfTheServices()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("one"), _silo.Stage());
        await grain.AddAsync(5);
        var first = await grain.ActivationAsync();

        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(first, await grain.ActivationAsync());
        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(first, await grain.ActivationAsync());

        // The call before may still be ending when the silo looks; it then finds the grain idle the next time.
        for (var looks = 0; looks < 20 && !stage.Has("deactivated one ActivationIdle"); looks++)
        {
            // To the moment itself: a clock that went on would leave the deactivation no time.
            _clock.Advance(TimeSpan.FromMinutes(15));
            var looked = TimeProvider.System.GetTimestamp();
            await Wait.Until(
                () => stage.Has("deactivated one ActivationIdle") || TimeProvider.System.GetElapsedTime(looked) > TimeSpan.FromSeconds(3), "a look");
        }
        await stage.Noted("deactivated one ActivationIdle");
        Assert.Equal(6, await grain.AddAsync(1));
    }

    [Fact]
    public async Task ResponseTimeout_IsMeasuredByTheClockOfTheServices()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        var call = grain.PassAsync("gate");
        await stage["gate"].Arrived;

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(Wait.Limit));
        stage["gate"].Open();
    }
}
#endif
