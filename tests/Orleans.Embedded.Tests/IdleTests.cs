using Orleans.Configuration;
using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

/// <summary>On a silo that soon takes a grain for idle: so nothing here may count on a grain's staying.</summary>
public sealed class IdleTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() =>
        _silo = await Silos.StartAsync(silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(300);
            options.CollectionAge = TimeSpan.FromMilliseconds(900);
        }));

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task IdleGrain_AfterItsAge_IsDeactivatedAndComesBackWithItsState()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("one"), _silo.Stage());
        var first = await grain.ActivationAsync();
        await grain.AddAsync(5);

        await stage.Noted("deactivated one ActivationIdle");

        Assert.Equal(6, await grain.AddAsync(1));
        Assert.NotEqual(first, await grain.ActivationAsync());
    }

    [Fact]
    public async Task IdleGrain_ThatDelaysItsDeactivation_OutlivesTheOthers()
    {
        var stage = _silo.Stage();
        var kept = _silo.Get<ILifeGrain>("kept");
        await kept.DelayDeactivationAsync(TimeSpan.FromHours(1));

        for (var round = 0; round < 3; round++)
        {
            await _silo.Get<ILifeGrain>($"other {round}").AddAsync(1);
            await stage.Noted($"deactivated other {round} ActivationIdle");
        }

        Assert.DoesNotContain("deactivating kept", stage.Notes);
    }

    [Fact]
    public async Task Timer_ThatDoesNotKeepAlive_LetsItsIdleGrainEnd()
    {
        var activation = await _silo.Get<ITimerGrain>("one").StartAsync(Short, Short, keepAlive: false);

        await Wait.Until(() => _silo.Stage().Notes.Any(note => note.StartsWith($"ended {activation} ", StringComparison.Ordinal)), "the end of the idle grain");
    }

    [Fact]
    public async Task Timer_ThatKeepsAlive_HoldsItsGrain()
    {
        var kept = await _silo.Get<ITimerGrain>("kept").StartAsync(Short, Short, keepAlive: true);

        for (var round = 0; round < 3; round++)
        {
            var other = await _silo.Get<ITimerGrain>($"other {round}").StartAsync(Short, Short, keepAlive: false);
            await Wait.Until(() => _silo.Stage().Notes.Any(note => note.StartsWith($"ended {other} ", StringComparison.Ordinal)), "the end of the others");
        }

        Assert.DoesNotContain(_silo.Stage().Notes, note => note.StartsWith($"ended {kept} ", StringComparison.Ordinal));
    }
}
