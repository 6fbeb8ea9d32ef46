namespace Orleans.Runtime;

/// <summary>A call and the answer that its caller awaits.</summary>
internal abstract class GrainCall<T> : GrainCall
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void End(Task ended)
    {
        Release();
        if (ended.IsCompletedSuccessfully)
            _answer.TrySetResult(ended is Task<T> typed ? typed.Result : default!);
        else if (ended.Exception is { } fault)
            Fail(fault.InnerException ?? fault);
        else
            _answer.TrySetCanceled();
    }

    public override void Fail(Exception fault)
    {
        Release();
        if (IsOneWay)
            Target.Silo.LogOneWayFault(Name, Target, fault);
        else
            _answer.TrySetException(fault);
    }

    protected override void Cancel(CancellationToken token) => _answer.TrySetCanceled(token);
}
