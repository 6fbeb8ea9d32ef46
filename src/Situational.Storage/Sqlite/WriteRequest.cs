namespace Situational.Storage.Sqlite;

/// <summary>A write that waits for the writer. Cancelled only until the writer takes it; from then on its outcome is certain.</summary>
internal abstract class WriteRequest
{
    private const int Waiting = 0, Taken = 1, Cancelled = 2;
    private int _state;

    /// <summary>Makes it the writer's; false when it was cancelled before.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Does its part inside the batch's transaction. May run twice: again alone after its batch was rolled back.</summary>
    public abstract void Apply(Session session);

    /// <summary>Answers its caller, once the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells its caller that nothing was written.</summary>
    public abstract void Fail(Exception cause);

    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting;
}

/// <summary>A write with a result.</summary>
internal sealed class WriteRequest<T> : WriteRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Session, T> _work;
    private readonly CancellationTokenRegistration _registration;
    private T _result = default!;

    public WriteRequest(Func<Session, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _registration = cancellationToken.UnsafeRegister(static (state, token) =>
        {
            var request = (WriteRequest<T>)state!;
            if (request.TryCancel())
                request._completion.TrySetCanceled(token);
        }, this);
    }

    public Task<T> Task => _completion.Task;

    public override void Apply(Session session) => _result = _work(session);

    public override void Complete()
    {
        _registration.Unregister();
        _completion.TrySetResult(_result);
    }

    public override void Fail(Exception cause)
    {
        _registration.Unregister();
        _completion.TrySetException(cause);
    }
}
