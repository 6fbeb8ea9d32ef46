using Microsoft.Extensions.Options;
using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Host.Feed;

/// <summary>
/// Keeps the node's live view alive: renews its lease, brings the territory, asks grids for their whole picture, cuts frames at
/// the tick's pace and looks at the clock.
/// </summary>
internal sealed partial class LiveViewService(
    LiveView view, ICitySource city, ITerritorySource territories, IOptions<FeedOptions> options, TimeProvider time,
    ILogger<LiveViewService> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        territories.Changed += Use;
        try
        {
            if (territories.Current is { } current)
                Use(current);
            view.AskAll();
            var loops = new List<Task> { LeaseAsync(stoppingToken), CutAsync(stoppingToken), LookAsync(stoppingToken) };
            for (var i = 0; i < options.Value.AsksAtOnce; i++)
                loops.Add(AskAsync(stoppingToken));
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            territories.Changed -= Use;
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await city.LeaveAsync(view.Node, cancellationToken).WaitAsync(Retry, time, cancellationToken);
        }
        catch (Exception exception)
        {
            // The lease ends by itself.
            LogLeaseFailed(exception);
        }
    }

    private void Use(TerritoryIndex index) => view.Use(index.Territory);

    private async Task LeaseAsync(CancellationToken stopping)
    {
        while (true)
        {
            var wait = TimeSpan.FromMilliseconds(options.Value.LeaseMilliseconds);
            try
            {
                await city.RenewAsync(view.Node, view, stopping);
                var standing = await city.StandingAsync(stopping);
                if (standing.Version > view.TerritoryVersion && await territories.AtLeastAsync(standing.Version, stopping) is { } index)
                    Use(index);
                view.CasesMoving = standing.Unsettled;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogLeaseFailed(exception);
                wait = Retry;
            }
            // A grid that this node's territory does not have may have spoken, or cases be on their way: then the territory is looked at soon.
            for (var waited = TimeSpan.Zero; waited < wait; waited += Retry)
            {
                await Task.Delay(wait < Retry ? wait : Retry, time, stopping);
                if (view.TerritoryBehind || view.CasesMoving != 0)
                    break;
            }
        }
    }

    private async Task CutAsync(CancellationToken stopping)
    {
        var tick = TimeSpan.FromMilliseconds(options.Value.TickMilliseconds);
        while (true)
        {
            await view.Changed.Task.WaitAsync(stopping);
            view.Changed.Reset();
            var screens = 0;
            Guarded(() => screens = view.Cut());
            // The first change after a quiet moment was cut at once; the next waits for its turn, the longer the more screens there are to serve.
            var due = TimeSpan.FromSeconds((double)screens / options.Value.FramesPerSecond);
            await Task.Delay(due < tick ? tick : due < LongestTick ? due : LongestTick, time, stopping);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        while (true)
        {
            Guarded(view.Tick);
            await Task.Delay(Look, time, stopping);
        }
    }

    /// <summary>A fault must not end the loop in silence: screens start over from snapshots and say so.</summary>
    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (Exception fault)
        {
            LogViewFault(fault);
            view.StartOver();
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        await foreach (var slot in view.Asks.ReadAllAsync(stopping))
        {
            try
            {
                view.Answer(slot, await city.StateAsync(slot.Code, stopping));
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                LogAskFailed(slot.Code, exception);
                await Task.Delay(Retry, time, stopping);
                view.Answer(slot, null);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The live view failed at cutting frames; its screens start over.")]
    private partial void LogViewFault(Exception fault);

    [LoggerMessage(1, LogLevel.Warning, "The node's lease on the feed could not be renewed or ended.")]
    private partial void LogLeaseFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Grid {Grid} could not be asked for its whole picture; it will be asked again.")]
    private partial void LogAskFailed(string grid, Exception exception);
}
