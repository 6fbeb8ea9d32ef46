using System.Diagnostics;
using System.Net.Sockets;

namespace Situational.Cli.Load;

/// <summary>How a screen makes trouble.</summary>
internal enum BadManner
{
    /// <summary>It watches, takes nothing and stays.</summary>
    Stalled,

    /// <summary>It takes 1 KB a second.</summary>
    Slow,

    /// <summary>It goes without a word and comes back every second.</summary>
    Restless,
}

/// <summary>A screen that makes trouble, to see what the others get. Whatever is done to it, it comes back a second later.</summary>
internal sealed class BadScreen(LoadTarget target, ScreenWatch watch, BadManner manner, BadTally tally)
{
    private const int Bytes = 1_024;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Makes trouble until it is ended.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                // what the kernel would take in its place is little, too
                using var socket = await target.ConnectAsync(watch.Local, ended, manner == BadManner.Restless ? 0 : 4 * Bytes);
                using var cut = ended.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
                using var stream = new HubStream();
                await HubSocket.UpgradeAsync(socket, target, stream);
                socket.Send(HubSocket.HandShake);
                socket.Send(HubSocket.Watch("1", watch, ""));
                tally.Connect();
                await BehaveAsync(socket, ended);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                tally.Lose();
            }
            if (manner != BadManner.Restless)
                await Task.Delay(Second, ended).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task BehaveAsync(Socket socket, CancellationToken ended)
    {
        var began = Stopwatch.GetTimestamp();
        var pinged = began;
        var buffer = new byte[Bytes];
        if (manner == BadManner.Restless)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ended);
            over.CancelAfter(Second);
            buffer = new byte[16 * Bytes];
            try
            {
                while (await socket.ReceiveAsync(buffer, SocketFlags.None, over.Token) > 0)
                {
                }
            }
            catch (OperationCanceledException)
            {
                socket.Close(0);
            }
            return;
        }
        while (true)
        {
            await Task.Delay(Second, ended);
            if (manner == BadManner.Slow && await socket.ReceiveAsync(buffer, SocketFlags.None, ended) == 0)
                throw new IOException("closed");
            if (Stopwatch.GetElapsedTime(pinged) < HubSocket.BetweenPings)
                continue;
            pinged = Stopwatch.GetTimestamp();
            socket.Send(HubSocket.Ping);
        }
    }
}

/// <summary>What became of screens that make trouble. Safe for all threads.</summary>
internal sealed class BadTally
{
    private long _connections, _lost;

    /// <summary>Connections made.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that the server closed or refused.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>One is connected and watches.</summary>
    public void Connect() => Interlocked.Increment(ref _connections);

    /// <summary>One was closed or refused.</summary>
    public void Lose() => Interlocked.Increment(ref _lost);
}
