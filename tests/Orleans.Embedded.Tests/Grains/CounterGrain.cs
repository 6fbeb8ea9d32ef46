namespace Orleans.Embedded.Tests.Grains;

/// <summary>Counts, and looks whether it is ever entered twice.</summary>
internal interface ICounterGrain : IGrainWithStringKey
{
    Task<long> AddAsync(long amount);

    /// <summary>Works across awaits; returns how many turns it ever saw inside at once.</summary>
    Task<int> WorkAsync();

    /// <summary>Whether a continuation after a delay has the scheduler of the turn's beginning.</summary>
    Task<bool> KeepsItsSchedulerAsync();

    /// <summary>Leaves the scheduler of its turns on the stage.</summary>
    Task LendSchedulerAsync();

    /// <summary>What the caller's asynchronous local looks like from inside.</summary>
    Task<string?> LocalAsync();

    ValueTask<long> SumAsync();

    Task<string> DescribeAsync(string text, int number, double[] values, CancellationToken cancellationToken);

    Task<long> AddToOtherAsync(string other, long amount);
}

internal sealed class CounterGrain(Stage stage) : Grain, ICounterGrain
{
    public static readonly AsyncLocal<string?> Local = new();

    private long _sum;
    private int _inside;
    private int _most;

    public Task<long> AddAsync(long amount) => Task.FromResult(_sum += amount);

    public async Task<int> WorkAsync()
    {
        _most = Math.Max(_most, Interlocked.Increment(ref _inside));
        await Task.Yield();
        _most = Math.Max(_most, Volatile.Read(ref _inside));
        await Task.Delay(1);
        Interlocked.Decrement(ref _inside);
        return _most;
    }

    public async Task<bool> KeepsItsSchedulerAsync()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Delay(20);
        return scheduler != TaskScheduler.Default && scheduler == TaskScheduler.Current;
    }

    public Task LendSchedulerAsync()
    {
        stage.Scheduler = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    public Task<string?> LocalAsync() => Task.FromResult(Local.Value);

    public ValueTask<long> SumAsync() => new(_sum);

    public Task<string> DescribeAsync(string text, int number, double[] values, CancellationToken cancellationToken) =>
        Task.FromResult($"{this.GetPrimaryKeyString()}: {text} {number} {string.Join('/', values)}");

    public Task<long> AddToOtherAsync(string other, long amount) => GrainFactory.GetGrain<ICounterGrain>(other).AddAsync(amount);
}
