using Situational.Storage.Sqlite;

namespace Situational.Storage.Tests.Support;

/// <summary>Holds a store's writer inside a transaction, so that what is written meanwhile waits and then shares the next batch.</summary>
internal sealed class WriterHold : IDisposable
{
    private readonly ManualResetEventSlim _release = new();

    private WriterHold() { }

    public Task Done { get; private set; } = Task.CompletedTask;

    public static async Task<WriterHold> TakeAsync(SqliteStore store)
    {
        var hold = new WriterHold();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hold.Done = store.WriteAsync(_ =>
        {
            begun.TrySetResult();
            hold._release.Wait();
            return true;
        }, CancellationToken.None);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return hold;
    }

    public void Release() => _release.Set();

    public void Dispose() => Release();
}
