using Orleans.Configuration;
using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

public sealed class CallTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() =>
        _silo = await Silos.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2)));

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Arguments_OfAllKinds_Arrive()
    {
        var grain = _silo.Get<ICounterGrain>("the key");

        Assert.Equal("the key: text 7 1.5/2", await grain.DescribeAsync("text", 7, [1.5, 2], CancellationToken.None));
        Assert.Equal(3, await grain.AddAsync(3));
        Assert.Equal(3, await grain.SumAsync());
    }

    [Fact]
    public async Task Call_FromGrainToGrain_IsAnswered()
    {
        Assert.Equal(5, await _silo.Get<ICounterGrain>("one").AddToOtherAsync("two", 5));
        Assert.Equal(5, await _silo.Get<ICounterGrain>("two").SumAsync());
    }

    [Fact]
    public async Task Exception_InTheGrain_ReachesItsCallerAndTheNextCallWorks()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["open"].Open();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.FailAsync("so it goes"));

        Assert.Equal("so it goes", fault.Message);
        await grain.PassAsync("open");
    }

    [Fact]
    public async Task Call_ThatOutlivesTheResponseTimeout_ThrowsAndItsTurnGoesOn()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());

        await Assert.ThrowsAsync<TimeoutException>(() => grain.PassAsync("late"));

        stage["late"].Open();
        await stage.Noted("leave late");
        stage["next"].Open();
        await grain.PassAsync("next");
    }

    [Fact]
    public async Task Call_ThatWaitsBeyondTheResponseTimeout_NeverRuns()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        var holding = grain.PassAsync("holding");
        await stage["holding"].Arrived;

        await Assert.ThrowsAsync<TimeoutException>(() => grain.PassAsync("waiting"));
        await Assert.ThrowsAsync<TimeoutException>(() => holding);

        stage["holding"].Open();
        stage["next"].Open();
        await grain.PassAsync("next");
        Assert.False(stage["waiting"].HasArrived);
    }

    [Fact]
    public async Task Call_FromAGrainToItself_TimesOut()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["next"].Open();

        var outer = grain.CallSelfAsync();

        await stage.Noted("self timed out");
        Assert.False(stage["self"].HasArrived);
        await outer.ContinueWith(static _ => { }, TaskScheduler.Default);
        await grain.PassAsync("next");
    }

    [Fact]
    public async Task Call_FromAReentrantGrainToItself_Runs()
    {
        var (grain, stage) = (_silo.Get<IReentrantGrain>("one"), _silo.Stage());
        stage["self"].Open();

        await grain.CallSelfAsync();

        Assert.DoesNotContain("self timed out", stage.Notes);
    }

    [Fact]
    public async Task Cancellation_WhileTheTurnRuns_ReachesTheGrainAndTheCaller()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        using var cancellation = new CancellationTokenSource();
        var call = grain.PassOrCancelAsync("gate", cancellation.Token);
        await stage["gate"].Arrived;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await stage.Noted("cancelled gate");
    }

    [Fact]
    public async Task Cancellation_WhileTheCallWaits_KeepsItFromRunning()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        using var cancellation = new CancellationTokenSource();
        stage["next"].Open();
        stage["between"].Open();
        var holding = grain.PassAsync("holding");
        await stage["holding"].Arrived;
        var waiting = grain.PassOrCancelAsync("waiting", cancellation.Token);
        await grain.PassBetweenAsync("between");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        stage["holding"].Open();
        await holding;
        await grain.PassAsync("next");
        Assert.DoesNotContain("leave waiting", stage.Notes);
    }

    [Fact]
    public async Task Cancellation_BeforeTheCall_SendsNothing()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["next"].Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await grain.PassOrCancelAsync("gate", new CancellationToken(true)));

        await grain.PassAsync("next");
        Assert.False(stage["gate"].HasArrived);
    }

    [Fact]
    public async Task OneWay_Call_IsNotWaitedFor()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());

        await grain.PassUnheardAsync("gate").WaitAsync(Wait.Limit);

        await stage["gate"].Arrived;
        stage["gate"].Open();
        await stage.Noted("leave gate");
    }

    [Fact]
    public async Task OneWay_Failure_IsNotHeardAndTheNextCallWorks()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["next"].Open();

        await grain.FailUnheardAsync("nobody hears");

        await grain.PassAsync("next");
    }
}
