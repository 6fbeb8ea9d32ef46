using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Situational.Cli.Load;

/// <summary>
/// One screen: a raw web socket that speaks the JSON hub protocol, watches, verifies what comes, watches again when it lost the thread and
/// comes back when the connection is lost. No thread, and no object for a frame.
/// </summary>
internal sealed class LoadScreen
{
    private readonly LoadTarget _target;
    private readonly LoadWindow _window;
    private readonly ScreenTally _tally;
    private readonly ScreenWatch _watch;
    private readonly TimeProvider _time;
    private readonly ScreenPicture _picture;
    private readonly MarkerEye? _eye;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sending = new();
    private Socket? _socket;
    private byte[] _invocation = [];
    private int _invocations;

    /// <summary>A screen that is not connected yet.</summary>
    /// <param name="target">Where to connect.</param>
    /// <param name="window">When figures count.</param>
    /// <param name="tally">Takes them.</param>
    /// <param name="watch">What it watches and how.</param>
    /// <param name="markers">Markers to look for, or null.</param>
    /// <param name="time">The clock of the system, if that is on this machine.</param>
    public LoadScreen(LoadTarget target, LoadWindow window, ScreenTally tally, ScreenWatch watch, LoadMarkers? markers, TimeProvider time)
    {
        (_target, _window, _tally, _watch, _time) = (target, window, tally, watch, time);
        _picture = new ScreenPicture(watch.Verifies);
        _eye = markers is { Units: > 0 } ? new MarkerEye(markers) : null;
    }

    /// <summary>Completes with its first snapshot.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Watches until it is cut for good.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                using var socket = _socket = await _target.ConnectAsync(_watch.Local, ended);
                using var cut = ended.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
                await ReadAsync(socket);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                if (ended.IsCancellationRequested)
                    return;
                if (e is IOException)
                    _tally.Refuse(e.Message);
            }
            if (ended.IsCancellationRequested)
                return;
            _tally.Lose();
            await Task.Delay(Random.Shared.Next(100, 1_000), ended).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Says that it is there: one that says nothing for 30 s is closed.</summary>
    public void SayHello()
    {
        try
        {
            if (_socket is { Connected: true } socket && _invocation.Length > 0)
                Send(socket, HubSocket.Ping);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the reader sees the end of the connection, too, and deals with it
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        _invocation = [];
        using var stream = new HubStream();
        await HubSocket.UpgradeAsync(socket, _target, stream);
        Send(socket, HubSocket.HandShake);
        var shaken = false;
        while (true)
        {
            var seenAt = Stopwatch.GetTimestamp();
            while (stream.TryNext(out var record))
            {
                if (!shaken)
                {
                    if (record.IndexOf("\"error\""u8) >= 0)
                        throw new IOException(Encoding.UTF8.GetString(record));
                    shaken = true;
                    Watch(socket);
                }
                else if (!Take(socket, record, seenAt))
                {
                    return;
                }
            }
            if (stream.Ping is { } ping)
            {
                stream.Answered();
                Send(socket, HubStream.Pong(ping));
            }
            if (stream.Closed)
                return;
            var count = await socket.ReceiveAsync(stream.Free(), SocketFlags.None);
            if (count == 0)
                return;
            stream.Advance(count);
            if (_window.IsOpen)
                _tally.Receive(count);
        }
    }

    /// <summary>False when the server ended the watch or the connection.</summary>
    private bool Take(Socket socket, ReadOnlySpan<byte> record, long seenAt)
    {
        var verdict = _picture.Take(record, _invocation);
        if (_window.IsOpen)
            _tally.Take(verdict, _picture.Verified);
        switch (verdict)
        {
            case FrameVerdict.Snapshot:
                _ready.TrySetResult();
                break;
            case FrameVerdict.Delta:
                if (_window.IsOpen && _picture.AtMs > 0)
                    _tally.Age.Add((_time.GetUtcNow().ToUnixTimeMilliseconds() - _picture.AtMs) * 1_000);
                _eye?.Look(record, seenAt);
                break;
            case FrameVerdict.Gap:
                Again(socket);
                break;
            case FrameVerdict.WrongDigest or FrameVerdict.Breach:
                _picture.Forget();
                Again(socket);
                break;
            case FrameVerdict.Ended:
                _tally.Refuse(_picture.Error.Length > 0 ? _picture.Error : "ended by the server");
                return false;
        }
        return true;
    }

    private void Again(Socket socket)
    {
        if (_window.IsOpen)
            _tally.Resync();
        Send(socket, HubStream.Frame($$"""{"type":5,"invocationId":"{{Encoding.ASCII.GetString(_invocation)}}"}"""));
        Watch(socket);
    }

    private void Watch(Socket socket)
    {
        var number = (++_invocations).ToString(CultureInfo.InvariantCulture);
        _invocation = Encoding.ASCII.GetBytes(number);
        Send(socket, HubSocket.Watch(number, _watch, _picture.Since));
    }

    private void Send(Socket socket, byte[] bytes)
    {
        lock (_sending)
            socket.Send(bytes);
    }
}

/// <summary>What a screen watches and how.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Box">The watch's box with its name, or empty.</param>
/// <param name="Verifies">Whether it computes digests.</param>
/// <param name="Local">Number of the loopback address that it comes from.</param>
internal sealed record ScreenWatch(string Area, string Box, bool Verifies, int Local);
