using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Activation, deactivation, idleness, timers.</summary>
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _activating = new();
    private readonly HashSet<GrainTimer> _timers = [];
    private AsyncServiceScope? _scope;
    private DeactivationReason _reason;
    private CancellationToken _deactivationToken;
    private bool _wasValid;
    private bool _ending;

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? _silo.Services;

    public Task Deactivated => _deactivated.Task;

    /// <summary>Begins activation; called once.</summary>
    public void Activate() => _scheduler.Post(static activation => _ = ((Activation)activation!).ActivateAsync(), this);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_state is ActivationState.Deactivating or ActivationState.Ended || _reason.ReasonCode != DeactivationReasonCode.None)
                return;
            (_reason, _deactivationToken) = (deactivationReason, cancellationToken);
            if (_state == ActivationState.Valid)
            {
                _wasValid = true;
                _state = ActivationState.Deactivating;
                SchedulePump();
                return;
            }
        }

        // Still activating: that is cut short, and its end begins the deactivation.
        _activating.Cancel();
    }

    /// <summary>Deactivates if nothing runs, nothing waits and nothing has for long enough.</summary>
    public void CollectIfIdle(long now)
    {
        lock (_gate)
        {
            if (_state != ActivationState.Valid || _running.Count > 0 || _waiting.Count > 0
                || Target.Class.CollectionAge == Timeout.InfiniteTimeSpan
                || _silo.Time.GetElapsedTime(_lastUsed, now) < Target.Class.CollectionAge
                || _keepUntil > _silo.Time.GetUtcNow())
                return;
            Deactivate(new(DeactivationReasonCode.ActivationIdle, $"The activation was idle for {Target.Class.CollectionAge}."));
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_gate)
        {
            var now = _silo.Time.GetUtcNow();
            _keepUntil = timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan || timeSpan > DateTimeOffset.MaxValue - now
                ? DateTimeOffset.MaxValue
                : timeSpan <= TimeSpan.Zero ? DateTimeOffset.MinValue : now + timeSpan;
        }
    }

    public IGrainTimer AddTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (RuntimeContext.Current != this)
            throw new InvalidOperationException("A timer is registered from inside its own grain.");
        var timer = new GrainTimer<TState>(this, _silo, callback, state, options);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private async Task ActivateAsync()
    {
        Exception? fault = null;
        try
        {
            var timeout = _silo.Time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), _activating, _silo.Collection.ActivationTimeout, Timeout.InfiniteTimeSpan);
            using (timeout)
            {
                _scope = _silo.Services.CreateAsyncScope();
                GrainInstance = Target.Class.Create(ActivationServices);
                if (GrainInstance is IGrainBase grain)
                    await grain.OnActivateAsync(_activating.Token).WaitAsync(_activating.Token);
            }
        }
        catch (Exception thrown)
        {
            fault = thrown;
            _silo.LogActivationFailed(Target, thrown);
        }

        lock (_gate)
        {
            if (fault is null && _reason.ReasonCode == DeactivationReasonCode.None)
            {
                _state = ActivationState.Valid;
            }
            else
            {
                if (_reason.ReasonCode == DeactivationReasonCode.None)
                    _reason = new(DeactivationReasonCode.ActivationFailed, fault, "The activation failed.");
                _wasValid = fault is null;
                _state = ActivationState.Deactivating;
            }

            if (_state == ActivationState.Deactivating || _waiting.Count > 0)
                SchedulePump();
        }
    }

    private async Task EndAsync()
    {
        foreach (var timer in TakeTimers())
            timer.Dispose();

        if (_wasValid && GrainInstance is IGrainBase grain)
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_deactivationToken);
            var timeout = _silo.Time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), giveUp, _silo.Collection.DeactivationTimeout, Timeout.InfiniteTimeSpan);
            using (timeout)
            {
                try
                {
                    await grain.OnDeactivateAsync(_reason, giveUp.Token).WaitAsync(giveUp.Token);
                }
                catch (Exception thrown)
                {
                    _silo.LogDeactivationFailed(Target, thrown);
                }
            }
        }

        _silo.Catalog.Remove(this);
        await DisposeGrainAsync();

        List<Turn> left = [];
        lock (_gate)
        {
            _state = ActivationState.Ended;
            while (_waiting.First is { } turn)
            {
                TakeOut(turn);
                left.Add(turn);
            }
        }

        _deactivated.TrySetResult();
        foreach (var turn in left)
        {
            if (turn is not GrainCall call)
                continue;
            if (_reason.Exception is { } fault)
                call.Fail(fault);
            else
                call.Target.Deliver(call);
        }
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
            // A reference may remember the activation; it shall not keep the grain.
            GrainInstance = null;
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception thrown)
        {
            _silo.LogDeactivationFailed(Target, thrown);
        }
    }

    private GrainTimer[] TakeTimers()
    {
        lock (_gate)
        {
            GrainTimer[] timers = [.. _timers];
            _timers.Clear();
            return timers;
        }
    }
}
