namespace Orleans.Embedded.Tests.Grains;

/// <summary>Where a turn waits until the test lets it go.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody stands at the gate.</summary>
    public Task Arrived => _arrived.Task.WaitAsync(Wait.Limit);

    public bool HasArrived => _arrived.Task.IsCompleted;

    public void Open() => _opened.TrySetResult();

    public Task PassAsync()
    {
        _arrived.TrySetResult();
        return _opened.Task;
    }
}
