using System.Diagnostics;
using System.Net.Sockets;

namespace Situational.Cli.Load;

/// <summary>
/// One kept-alive connection that sends requests and reads their answers: as fast as they come, or at its times. Nothing is allocated for a
/// request. One at a time.
/// </summary>
/// <param name="target">Where to connect.</param>
/// <param name="window">When figures count.</param>
/// <param name="tally">Takes them.</param>
/// <param name="depth">Requests that are sent at once before their answers are read.</param>
internal abstract class LoadConnection(LoadTarget target, LoadWindow window, LoadTally tally, int depth)
{
    private const long TicksASecond = TimeSpan.TicksPerSecond;
    private byte[] _received = new byte[16 * 1024];
    private Socket? _socket;
    private LoadPacer.Waiter? _waiter;
    private long _interval;
    private long _next;

    /// <summary>Sends at fixed times instead of as fast as it can.</summary>
    /// <param name="pacer">Wakes it.</param>
    /// <param name="first"><see cref="Stopwatch.GetTimestamp"/> of the first sending.</param>
    /// <param name="seconds">Between two sendings.</param>
    public void Pace(LoadPacer pacer, long first, double seconds)
    {
        _waiter = new LoadPacer.Waiter(pacer);
        _interval = Math.Max(1, (long)(seconds * Stopwatch.Frequency));
        _next = first;
    }

    /// <summary>Sends until the window is over; comes back when the connection breaks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!window.IsOver && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                _socket = await target.ConnectAsync(1, cancellationToken);
                if (await DriveAsync(_socket))
                    return;
                tally.Lose();
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                if (window.IsOver || cancellationToken.IsCancellationRequested)
                    return;
                tally.Lose();
                await Task.Delay(100, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
            finally
            {
                _socket?.Dispose();
            }
        }
    }

    /// <summary>Cuts it, whatever it waits for.</summary>
    public void Cut() => _socket?.Dispose();

    /// <summary>How much one request offers.</summary>
    protected abstract int Size { get; }

    /// <summary>Bytes of the next requests, one after the other.</summary>
    protected abstract ReadOnlyMemory<byte> Compose();

    /// <summary>How much of a request was taken, by its answer; what was refused is added to the tally.</summary>
    protected abstract int Judge(int status, ReadOnlySpan<byte> body, bool counts);

    /// <summary>True when it has ended, false when the server closes the connection.</summary>
    private async Task<bool> DriveAsync(Socket socket)
    {
        var (start, end) = (0, 0);
        while (!window.IsOver)
        {
            var sent = 0L;
            if (_waiter is not null)
            {
                sent = _next;
                _next += _interval;
                if (sent > Stopwatch.GetTimestamp())
                    await _waiter.UntilAsync(sent);
            }
            if (!window.TryTake(Size * depth))
                return true;
            var bytes = Compose();
            if (window.IsOpen)
                tally.Offer(Size * depth);
            if (_waiter is null)
                sent = Stopwatch.GetTimestamp();
            while (bytes.Length > 0)
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
            for (var i = 0; i < depth; i++)
            {
                HttpAnswer answer;
                while (!HttpAnswer.TryRead(_received.AsSpan(start, end - start), out answer))
                {
                    if (start > 0)
                        _received.AsSpan(start, end - start).CopyTo(_received);
                    (start, end) = (0, end - start);
                    if (end == _received.Length)
                        Array.Resize(ref _received, end * 2);
                    var count = await socket.ReceiveAsync(_received.AsMemory(end), SocketFlags.None);
                    if (count == 0)
                        return false;
                    end += count;
                }
                var counts = window.IsOpen;
                var accepted = Judge(answer.Status, _received.AsSpan(start + answer.BodyAt, answer.BodyLength), counts);
                if (counts)
                    tally.Answer(accepted, (long)(Stopwatch.GetElapsedTime(sent).Ticks * 1_000_000.0 / TicksASecond));
                start += answer.End;
                if (answer.Closes)
                    return false;
            }
            if (start == end)
                (start, end) = (0, 0);
        }
        return true;
    }
}
