using System.Collections.Concurrent;

namespace Orleans.Embedded.Tests.Grains;

/// <summary>A grain that tells of its life, and keeps a sum beyond it.</summary>
internal interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Adds to the sum that outlives activations; returns it.</summary>
    Task<long> AddAsync(long amount);

    /// <summary>The number of this activation.</summary>
    Task<int> ActivationAsync();

    Task DeactivateAsync();

    Task PassThenDeactivateAsync(string gate);

    Task DelayDeactivationAsync(TimeSpan time);
}

/// <summary>Where the sums are while their grains are not.</summary>
internal sealed class Sums : ConcurrentDictionary<string, long>;

/// <summary>Belongs to an activation's scope.</summary>
internal sealed class Scoped(Stage stage) : IDisposable
{
    public void Dispose() => stage.Note("scope disposed");
}

internal sealed class LifeGrain(Stage stage, Sums sums, Scoped scoped) : Grain, ILifeGrain
{
    private readonly Scoped _scoped = scoped;
    private readonly int _activation = stage.Next();
    private long _sum;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        Assert.NotNull(_scoped);
        stage.Note($"activating {key}");
        if (key.StartsWith("gated", StringComparison.Ordinal))
            await stage["activation"].PassAsync();
        else
            await Task.Yield();
        if (stage.ActivationsFail)
            throw new InvalidOperationException("no activation today");
        _sum = sums.GetValueOrDefault(key);
        stage.Note($"activated {key}");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        stage.Note($"deactivating {key}");
        await Task.Delay(10, cancellationToken);
        sums[key] = _sum;
        stage.Note($"deactivated {key} {reason.ReasonCode}");
    }

    public async Task<long> AddAsync(long amount)
    {
        var sum = _sum;
        await Task.Yield();
        return _sum = sum + amount;
    }

    public Task<int> ActivationAsync() => Task.FromResult(_activation);

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task PassThenDeactivateAsync(string gate)
    {
        await stage[gate].PassAsync();
        DeactivateOnIdle();
    }

    public Task DelayDeactivationAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}
