using System.Collections.Concurrent;

namespace Orleans.Embedded.Tests.Grains;

/// <summary>A grain with a timer.</summary>
internal interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer; returns the number of the activation.</summary>
    Task<int> StartAsync(TimeSpan due, TimeSpan period, bool keepAlive);

    /// <summary>Starts a timer whose first tick fails.</summary>
    Task StartFailingAsync();

    Task ChangeAsync(TimeSpan due, TimeSpan period);

    Task StopAsync();

    Task<int> TicksAsync();

    /// <summary>Holds a turn at a gate and returns how many ticks ended meanwhile.</summary>
    Task<int> HoldAsync(string gate);

    Task DeactivateAsync();
}

/// <summary>Ticks by activation.</summary>
internal sealed class Ticks : ConcurrentDictionary<int, int>;

internal sealed class TimerGrain(Stage stage, Ticks ticks) : Grain, ITimerGrain
{
    private readonly int _activation = stage.Next();
    private IGrainTimer? _timer;
    private bool _failed;

    public Task<int> StartAsync(TimeSpan due, TimeSpan period, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions { DueTime = due, Period = period, KeepAlive = keepAlive });
        return Task.FromResult(_activation);
    }

    public Task StartFailingAsync()
    {
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                await TickAsync(default);
                if (_failed)
                    return;
                _failed = true;
                throw new InvalidOperationException("the first tick fails");
            },
            TimeSpan.FromMilliseconds(10),
            TimeSpan.FromMilliseconds(10));
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> TicksAsync() => Task.FromResult(ticks.GetValueOrDefault(_activation));

    public async Task<int> HoldAsync(string gate)
    {
        var before = ticks.GetValueOrDefault(_activation);
        await stage[gate].PassAsync();
        return ticks.GetValueOrDefault(_activation) - before;
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Note($"ended {_activation} after {ticks.GetValueOrDefault(_activation)}");
        return Task.CompletedTask;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        ticks.AddOrUpdate(_activation, 1, static (_, count) => count + 1);
    }
}
