using Orleans.Testing;

namespace Orleans.Embedded.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_ToAGrain_IsAnswered()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Equal(1, await silo.Grains.GetGrain<ICounterGrain>("a").AddAsync(1));
        Assert.Equal(3, await silo.Grains.GetGrain<ICounterGrain>("a").AddAsync(2));
        Assert.Equal(5, await silo.Grains.GetGrain<ICounterGrain>("b").AddAsync(5));
    }
}

internal interface ICounterGrain : IGrainWithStringKey
{
    Task<long> AddAsync(long amount);
}

internal sealed class CounterGrain : Grain, ICounterGrain
{
    private long _sum;

    public Task<long> AddAsync(long amount) => Task.FromResult(_sum += amount);
}
