using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Situational.Storage.Tests.Support;

/// <summary>
/// A TCP relay to Redis that can lose a reply: once a request with the marked text has passed, the server's answer is thrown away and the
/// connection cut.
/// </summary>
public sealed class SwallowingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _port;
    private string? _mark;
    private int _lost;

    /// <param name="port">Port of the Redis behind it.</param>
    public SwallowingProxy(int port)
    {
        _port = port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many replies were lost.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Loses the reply to the next request that holds that text.</summary>
    public void LoseReplyTo(string mark) => Volatile.Write(ref _mark, mark);

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _port, _closing.Token);
                var losing = false;
                var requests = PumpAsync(client, server, bytes =>
                {
                    if (Volatile.Read(ref _mark) is { } mark && Encoding.UTF8.GetString(bytes.Span).Contains(mark, StringComparison.Ordinal)
                        && Interlocked.CompareExchange(ref _mark, null, mark) == mark)
                        Volatile.Write(ref losing, true);
                    return true;
                });
                var replies = PumpAsync(server, client, _ =>
                {
                    if (!Volatile.Read(ref losing))
                        return true;
                    Interlocked.Increment(ref _lost);
                    return false;
                });
                await Task.WhenAny(requests, replies);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // Either end is gone, and so is the other.
            }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _closing.Token) is > 0 and var read && passes(buffer.AsMemory(0, read)))
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _closing.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end is gone, and so is the other.
        }
    }
}
