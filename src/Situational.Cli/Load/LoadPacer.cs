using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Situational.Cli.Load;

/// <summary>
/// Wakes connections at their times, to about a millisecond, on one thread of its own: thousands of timers a second would cost more than
/// what they wake. What is woken runs on that thread until it waits for something else.
/// </summary>
internal sealed class LoadPacer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly List<Waiter> _due = [];
    private volatile bool _over;
    private bool _ended;

    /// <summary>Starts the thread.</summary>
    public LoadPacer()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "load pacer" };
        thread.Start();
    }

    /// <summary>Wakes everyone and ends the thread, soon: who calls may run on it.</summary>
    public void Dispose() => _over = true;

    private void Run()
    {
        while (!_over)
        {
            Thread.Sleep(1);
            Wake(Stopwatch.GetTimestamp());
        }
        Wake(long.MaxValue);
    }

    private void Wake(long now)
    {
        lock (_gate)
        {
            _ended = now == long.MaxValue;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Due > now)
                    continue;
                _due.Add(_waiters[i]);
                _waiters[i] = _waiters[^1];
                _waiters.RemoveAt(_waiters.Count - 1);
            }
        }
        foreach (var waiter in _due)
            waiter.Set();
        _due.Clear();
    }

    /// <summary>Someone who waits, one time after the other.</summary>
    internal sealed class Waiter(LoadPacer pacer) : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core;

        /// <summary><see cref="Stopwatch.GetTimestamp"/> to wake at.</summary>
        public long Due { get; private set; }

        /// <summary>Waits until then; at once when the pacer has ended.</summary>
        public ValueTask UntilAsync(long due)
        {
            Due = due;
            _core.Reset();
            lock (pacer._gate)
            {
                if (pacer._ended)
                    return ValueTask.CompletedTask;
                pacer._waiters.Add(this);
            }
            return new ValueTask(this, _core.Version);
        }

        public void Set() => _core.SetResult(true);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
