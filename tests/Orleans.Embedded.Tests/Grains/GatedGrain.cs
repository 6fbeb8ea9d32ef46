using Orleans.Concurrency;

namespace Orleans.Embedded.Tests.Grains;

/// <summary>Turns that a test holds at gates, by each rule of interleaving.</summary>
internal interface IGates : IGrainWithStringKey
{
    Task PassAsync(string gate);

    [AlwaysInterleave]
    Task PassBetweenAsync(string gate);

    [ReadOnly]
    Task ReadAsync(string gate);

    [OneWay]
    Task PassUnheardAsync(string gate);

    Task PassOrCancelAsync(string gate, CancellationToken cancellationToken);

    Task FailAsync(string message);

    [OneWay]
    Task FailUnheardAsync(string message);

    Task CallSelfAsync();
}

/// <summary>Turns one after the other.</summary>
internal interface IGatedGrain : IGates;

/// <summary>Turns that may interleave.</summary>
internal interface IReentrantGrain : IGates;

internal abstract class Gates(Stage stage) : Grain, IGates
{
    public async Task PassAsync(string gate)
    {
        stage.Note($"enter {gate}");
        await stage[gate].PassAsync();
        stage.Note($"leave {gate}");
    }

    public Task PassBetweenAsync(string gate) => PassAsync(gate);

    public Task ReadAsync(string gate) => PassAsync(gate);

    public Task PassUnheardAsync(string gate) => PassAsync(gate);

    public async Task PassOrCancelAsync(string gate, CancellationToken cancellationToken)
    {
        stage.Note($"enter {gate}");
        try
        {
            await stage[gate].PassAsync().WaitAsync(cancellationToken);
            stage.Note($"leave {gate}");
        }
        catch (OperationCanceledException)
        {
            stage.Note($"cancelled {gate}");
            throw;
        }
    }

    public async Task FailAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task FailUnheardAsync(string message) => throw new InvalidOperationException(message);

    public async Task CallSelfAsync()
    {
        try
        {
            await this.AsReference<IGates>().PassAsync("self");
        }
        catch (TimeoutException)
        {
            stage.Note("self timed out");
        }
    }
}

internal sealed class GatedGrain(Stage stage) : Gates(stage), IGatedGrain;

[Reentrant]
internal sealed class ReentrantGrain(Stage stage) : Gates(stage), IReentrantGrain;
