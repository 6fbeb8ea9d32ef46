using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

public sealed class LifeTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await Silos.StartAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Calls_WhileTheGrainActivates_WaitForIt()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("gated"), _silo.Stage());

        var calls = Enumerable.Range(0, 10).Select(_ => grain.AddAsync(1)).ToArray();
        await stage["activation"].Arrived;
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        stage["activation"].Open();

        Assert.Equal(10, (await Task.WhenAll(calls)).Max());
        Assert.Single(stage.Notes, "activating gated");
    }

    [Fact]
    public async Task Calls_FromManyThreadsAtOnce_ActivateOnce()
    {
        var grain = _silo.Get<ILifeGrain>("one");

        var activations = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _silo.Get<ILifeGrain>("one").ActivationAsync())));

        Assert.Single(activations.Distinct());
        Assert.Equal(activations[0], await grain.ActivationAsync());
    }

    [Fact]
    public async Task FailingActivation_FailsItsCallsAndTheNextOneActivatesAnew()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("one"), _silo.Stage());
        stage.ActivationsFail = true;

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => grain.AddAsync(1));
        Assert.Contains("no activation today", fault.ToString());

        stage.ActivationsFail = false;
        Assert.Equal(1, await grain.AddAsync(1));
        Assert.DoesNotContain("deactivating one", stage.Notes);
    }

    [Fact]
    public async Task DeactivateOnIdle_EndsTheActivationAndTheNextCallHasItsState()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("one"), _silo.Stage());
        await grain.AddAsync(5);
        var first = await grain.ActivationAsync();

        await grain.DeactivateAsync();

        Assert.NotEqual(first, await grain.ActivationAsync());
        Assert.Equal(6, await grain.AddAsync(1));
        Assert.Contains("deactivated one ApplicationRequested", stage.Notes);
    }

    [Fact]
    public async Task DeactivateOnIdle_WithCallsWaiting_HandsThemToTheNextActivation()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("one"), _silo.Stage());
        var first = await grain.ActivationAsync();
        var ending = grain.PassThenDeactivateAsync("gate");
        await stage["gate"].Arrived;
        var waiting = Enumerable.Range(0, 20).Select(_ => grain.ActivationAsync()).ToArray();

        stage["gate"].Open();

        await ending;
        var activations = await Task.WhenAll(waiting);
        Assert.Single(activations.Distinct());
        Assert.DoesNotContain(first, activations);
        Assert.True(
            stage.Notes.ToList().IndexOf("deactivated one ApplicationRequested") < stage.Notes.ToList().LastIndexOf("activating one"),
            "two activations of one grain at once");
    }

    [Fact]
    public async Task Scope_OfAnActivation_EndsWithIt()
    {
        var (grain, stage) = (_silo.Get<ILifeGrain>("one"), _silo.Stage());
        await grain.AddAsync(1);

        await grain.DeactivateAsync();

        await stage.Noted("scope disposed");
    }

    [Fact]
    public async Task Shutdown_WithManyGrains_RunsEveryDeactivationToItsEnd()
    {
        const int Grains = 300;
        var silo = await Silos.StartAsync();
        await using (silo)
        {
            await Task.WhenAll(Enumerable.Range(0, Grains).Select(i => silo.Get<ILifeGrain>($"grain-{i}").AddAsync(i)));

            await silo.StopAsync();

            var sums = (Sums)silo.Services.GetService(typeof(Sums))!;
            Assert.Equal(Grains, sums.Count);
            Assert.All(sums, sum => Assert.Equal($"grain-{sum.Value}", sum.Key));
            Assert.Equal(Grains, silo.Stage().Notes.Count(note => note.EndsWith(" ShuttingDown", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Call_AfterShutdown_Fails()
    {
        var silo = await Silos.StartAsync();
        await using (silo)
        {
            var grain = silo.Get<ILifeGrain>("one");
            await grain.AddAsync(1);
            await silo.StopAsync();

            await Assert.ThrowsAnyAsync<Exception>(() => grain.AddAsync(1).WaitAsync(Wait.Limit));
        }
    }
}
