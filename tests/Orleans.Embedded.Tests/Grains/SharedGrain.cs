using Orleans.Concurrency;

namespace Orleans.Embedded.Tests.Grains;

/// <summary>A reentrant grain with state that only single-threadedness protects.</summary>
internal interface ISharedGrain : IGrainWithStringKey
{
    Task IncrementAsync(int times);

    Task<int> CountAsync();
}

[Reentrant]
internal sealed class SharedGrain : Grain, ISharedGrain
{
    private int _count;

    public async Task IncrementAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var count = _count;
            Thread.SpinWait(20);
            _count = count + 1;
            await Task.Yield();
        }
    }

    public Task<int> CountAsync() => Task.FromResult(_count);
}
