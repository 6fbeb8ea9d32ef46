using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

public sealed class TurnTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await Silos.StartAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Calls_AtOnce_NeverOverlapInOneGrain()
    {
        var grain = _silo.Get<ICounterGrain>("one");

        var most = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(grain.WorkAsync)));

        Assert.Equal(1, most.Max());
    }

    [Fact]
    public async Task Continuation_AfterADelay_IsStillInsideTheTurn() =>
        Assert.True(await _silo.Get<ICounterGrain>("one").KeepsItsSchedulerAsync());

    [Fact]
    public async Task Task_OfAGrain_NeverRunsOnTheThreadThatWaitsForItOutside()
    {
        await _silo.Get<ICounterGrain>("one").LendSchedulerAsync();
        var task = new Task<int>(() => Environment.CurrentManagedThreadId);

        var here = Environment.CurrentManagedThreadId;
        task.RunSynchronously(_silo.Stage().Scheduler!);

        Assert.NotEqual(here, await task);
    }

    [Fact]
    public async Task Continuations_OfInterleavingTurns_NeverRunSideBySide()
    {
        var grain = _silo.Get<ISharedGrain>("one");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => grain.IncrementAsync(200))));

        // Between a read and its write there is no await, so a lost update would mean two turns side by side.
        Assert.Equal(50 * 200, await grain.CountAsync());
    }

    [Fact]
    public async Task SecondCall_WhileTheFirstAwaits_Waits()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["second"].Open();
        stage["between"].Open();

        var first = grain.PassAsync("first");
        await stage["first"].Arrived;
        var second = grain.PassAsync("second");
        // Sent after the second and answered: so the second was there and was passed over.
        await grain.PassBetweenAsync("between");
        Assert.False(stage["second"].HasArrived);
        stage["first"].Open();
        await Task.WhenAll(first, second);

        Assert.Equal(["enter first", "enter between", "leave between", "leave first", "enter second", "leave second"], stage.Notes);
    }

    [Fact]
    public async Task AlwaysInterleave_WhileAnotherAwaits_Runs()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["between"].Open();
        var first = grain.PassAsync("first");
        await stage["first"].Arrived;

        await grain.PassBetweenAsync("between").WaitAsync(Wait.Limit);

        Assert.False(first.IsCompleted);
        stage["first"].Open();
        await first;
    }

    [Fact]
    public async Task Call_WhileOneThatAlwaysInterleavesAwaits_Runs()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["second"].Open();
        var first = grain.PassBetweenAsync("first");
        await stage["first"].Arrived;

        await grain.PassAsync("second").WaitAsync(Wait.Limit);

        Assert.False(first.IsCompleted);
        stage["first"].Open();
        await first;
    }

    [Fact]
    public async Task ReentrantGrain_WhileOneCallAwaits_RunsTheNext()
    {
        var (grain, stage) = (_silo.Get<IReentrantGrain>("one"), _silo.Stage());
        stage["second"].Open();
        var first = grain.PassAsync("first");
        await stage["first"].Arrived;

        await grain.PassAsync("second").WaitAsync(Wait.Limit);

        Assert.False(first.IsCompleted);
        stage["first"].Open();
        await first;
    }

    [Fact]
    public async Task ReadOnlyCalls_WhileOneAwaits_InterleaveWithEachOtherOnly()
    {
        var (grain, stage) = (_silo.Get<IGatedGrain>("one"), _silo.Stage());
        stage["write"].Open();
        stage["second"].Open();
        var first = grain.ReadAsync("first");
        await stage["first"].Arrived;
        var write = grain.PassAsync("write");

        await grain.ReadAsync("second").WaitAsync(Wait.Limit);

        Assert.False(stage["write"].HasArrived);
        stage["first"].Open();
        await Task.WhenAll(first, write);
    }

    [Fact]
    public async Task Grains_ThatDiffer_RunSideBySide()
    {
        var stage = _silo.Stage();
        var first = _silo.Get<IGatedGrain>("one").PassAsync("first");
        var second = _silo.Get<IGatedGrain>("two").PassAsync("second");

        await Task.WhenAll(stage["first"].Arrived, stage["second"].Arrived);

        stage["first"].Open();
        stage["second"].Open();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task AsynchronousLocals_OfTheCaller_DoNotReachTheGrain()
    {
        CounterGrain.Local.Value = "the caller's";

        Assert.Null(await _silo.Get<ICounterGrain>("one").LocalAsync());
        Assert.Equal("the caller's", CounterGrain.Local.Value);
    }

    [Fact]
    public async Task MillionCalls_OverTenThousandGrainsFromEightThreads_LoseNothing()
    {
        const int Grains = 10_000;
        const int Threads = 8;
        const int Calls = 1_000_000;
        var grains = Enumerable.Range(0, Grains).Select(i => _silo.Get<ICounterGrain>($"grain-{i}")).ToArray();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var pending = new Task[50];
            for (var i = 0; i < Calls / Threads; i += pending.Length)
            {
                for (var j = 0; j < pending.Length; j++)
                    pending[j] = grains[(i + j + thread * 1_237) % Grains].AddAsync(1);
                await Task.WhenAll(pending);
            }
        })));

        var sums = await Task.WhenAll(grains.Select(grain => grain.AddAsync(0)));
        Assert.Equal(Calls, sums.Sum());
    }
}
