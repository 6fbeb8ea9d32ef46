namespace Orleans.Runtime;

/// <summary>One call on its way. The emitted subclass of each interface method holds the arguments.</summary>
internal abstract class GrainCall : Turn
{
    private CallTarget? _target;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _registration;
    private CancellationToken _callersToken;

    /// <summary>When the call was made, on the silo's clock.</summary>
    public long MadeAt { get; private set; }

    /// <summary>Nobody waits for an answer.</summary>
    public bool IsOneWay { get; private set; }

    /// <summary>The callee's token: cancelled inside the activation, after the caller's was.</summary>
    public CancellationToken Token => _cancellation?.Token ?? default;

    /// <summary>Who has the call now, to be told of its caller's cancellation.</summary>
    public ICallHolder? Holder { get; set; }

    /// <summary>Where the call goes.</summary>
    public CallTarget Target => _target!;

    /// <summary>Names of interface and method.</summary>
    public abstract string Name { get; }

    /// <summary>Its caller has given up waiting.</summary>
    public bool IsExpired => !IsOneWay && Target.Silo.IsLate(MadeAt);

    /// <summary>Runs the call, unless its caller has gone already.</summary>
    public sealed override Task Start(object instance)
    {
        var token = Token;
        return token.IsCancellationRequested ? Task.FromCanceled(token) : Invoke(instance);
    }

    /// <summary>Sends the call on its way.</summary>
    public void Dispatch(CallTarget target, CallOptions options, CancellationToken cancellationToken)
    {
        _target = target;
        IsOneWay = (options & CallOptions.OneWay) != 0;
        OnlyReads = (options & CallOptions.ReadOnly) != 0;
        AlwaysInterleaves = (options & CallOptions.AlwaysInterleave) != 0;
        KeepsAlive = true;
        if (cancellationToken.IsCancellationRequested)
        {
            Cancel(cancellationToken);
            return;
        }

        if (target.Silo.RefusesCalls)
        {
            Fail(new SiloUnavailableException($"{Name} to {target} cannot be delivered: the silo does not run."));
            return;
        }

        MadeAt = target.Silo.Time.GetTimestamp();
        if (cancellationToken.CanBeCanceled)
        {
            _callersToken = cancellationToken;
            _cancellation = new CancellationTokenSource();
            _registration = cancellationToken.UnsafeRegister(static call => ((GrainCall)call!).OnCallerCancelled(), this);
        }

        target.Deliver(this);
    }

    /// <summary>Answers with a fault, unless answered before.</summary>
    public abstract void Fail(Exception fault);

    /// <summary>Calls the method; emitted.</summary>
    protected abstract Task Invoke(object instance);

    /// <summary>Answers with a cancellation, unless answered before.</summary>
    protected abstract void Cancel(CancellationToken token);

    /// <summary>Answers with a time-out, unless answered before. A turn that runs goes on.</summary>
    public void TimeOut(TimeSpan after) => Fail(new TimeoutException($"Response did not arrive on time in {after} for {Name} to {Target}."));

    /// <summary>Cancels the callee's token; called where the call runs.</summary>
    public void CancelTurn() => _cancellation?.Cancel();

    /// <summary>The caller's token is of no interest any more.</summary>
    protected void Release() => _registration.Unregister();

    private void OnCallerCancelled()
    {
        // As in Orleans, the caller is let go at once; the callee learns of it in its own time.
        Cancel(_callersToken);
        if (Holder is { } holder)
            holder.OnCallerCancelled(this);
        else
            CancelTurn();
    }
}

/// <summary>Whatever calls wait and run in.</summary>
internal interface ICallHolder
{
    /// <summary>Drops a call that waits, cancels one that runs.</summary>
    void OnCallerCancelled(GrainCall call);
}
