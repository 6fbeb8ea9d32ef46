namespace Orleans.Runtime;

/// <summary>
/// An object that is not a grain, held weakly. Its calls run one after the other on the thread pool. As in Orleans, a call
/// to one that is deleted or collected finds nobody and times out.
/// </summary>
internal sealed class ObserverTarget(Silo silo, IGrainObserver observer) : CallTarget(silo)
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);
    private readonly Queue<GrainCall> _waiting = [];
    private bool _running;
    private volatile bool _deleted;

    public override string Key { get; } = Guid.NewGuid().ToString("N");

    public void Delete() => _deleted = true;

    public override void Deliver(GrainCall call)
    {
        if (!call.IsOneWay)
            Silo.Observed(call);
        if (_deleted || !_observer.TryGetTarget(out _))
        {
            Silo.LogObserverGone(call.Name, Key);
            return;
        }

        lock (_waiting)
        {
            _waiting.Enqueue(call);
            if (_running)
                return;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static target => _ = target.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            GrainCall? call;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out call))
                {
                    _running = false;
                    return;
                }
            }

            if (!_observer.TryGetTarget(out var observer) || call.IsExpired)
                continue;
            Task ended;
            try
            {
                ended = call.Start(observer);
                await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception fault)
            {
                ended = Task.FromException(fault);
            }

            Silo.Answered(call);
            call.End(ended);
        }
    }
}
