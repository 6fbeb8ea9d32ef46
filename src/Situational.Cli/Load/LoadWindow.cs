using System.Diagnostics;

namespace Situational.Cli.Load;

/// <summary>When figures count and when all ends. Safe for all threads.</summary>
internal sealed class LoadWindow(long count)
{
    private volatile bool _open;
    private volatile bool _over;
    private long _left = count;

    /// <summary>Whether what happens now counts.</summary>
    public bool IsOpen => _open;

    /// <summary>Whether nothing more is to be sent.</summary>
    public bool IsOver => _over;

    /// <summary><see cref="Stopwatch.GetTimestamp"/> of its opening.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Completes when what may be sent has been sent.</summary>
    public TaskCompletionSource Spent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on figures count.</summary>
    public void Open()
    {
        OpenedAt = Stopwatch.GetTimestamp();
        _open = true;
    }

    /// <summary>From now on figures do not count.</summary>
    public void Close() => _open = false;

    /// <summary>From now on nothing is sent.</summary>
    public void End() => _over = true;

    /// <summary>Takes so much off what may be sent; false when that much is not left.</summary>
    public bool TryTake(int number)
    {
        if (_over)
            return false;
        if (Interlocked.Add(ref _left, -number) >= 0)
            return true;
        Spent.TrySetResult();
        return false;
    }
}
