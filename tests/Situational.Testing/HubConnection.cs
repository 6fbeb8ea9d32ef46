using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Situational.Testing;

/// <summary>
/// A connection to a SignalR hub over a plain web socket, JSON protocol: messages as they are, so that tests can also send what no
/// client library would. One reader and one writer at a time.
/// </summary>
public sealed class HubConnection(int receiveBufferBytes = 0) : IAsyncDisposable
{
    private const byte Separator = 0x1E;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ArrayBufferWriter<byte> _received = new(64 * 1024);
    private HttpMessageInvoker? _invoker;
    private int _read;

    /// <summary>Bytes received so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Whether the socket is open.</summary>
    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Opens the socket; <paramref name="hub"/> is the hub's http or https address, the ticket goes into <c>access_token</c>.</summary>
    public async Task OpenAsync(Uri hub, string? ticket, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(hub) { Scheme = hub.Scheme == "https" ? "wss" : "ws" };
        if (ticket is not null)
            address.Query = "access_token=" + Uri.EscapeDataString(ticket);
        if (receiveBufferBytes == 0)
        {
            await _socket.ConnectAsync(address.Uri, cancellationToken);
            return;
        }
        var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        _invoker = new HttpMessageInvoker(handler);
        await _socket.ConnectAsync(address.Uri, _invoker, cancellationToken);
    }

    /// <summary>Opens the socket with a cookie or an Authorization header.</summary>
    public Task OpenAsync(Uri hub, string header, string value, CancellationToken cancellationToken)
    {
        _socket.Options.SetRequestHeader(header, value);
        return OpenAsync(hub, null, cancellationToken);
    }

    /// <summary>Agrees on the protocol; throws if the server does not.</summary>
    public async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        await SendAsync("""{"protocol":"json","version":1}""", cancellationToken);
        using var answer = await ReceiveAsync(cancellationToken) ?? throw new IOException("The socket closed during the handshake.");
        if (answer.RootElement.TryGetProperty("error", out var error))
            throw new IOException(error.GetString());
    }

    /// <summary>Sends one message, with its separator.</summary>
    public Task SendAsync(string message, CancellationToken cancellationToken) => SendRawAsync(message + (char)Separator, cancellationToken);

    /// <summary>Sends text as it is, as one web socket message.</summary>
    public async Task SendRawAsync(string text, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message, or null when the server has closed.</summary>
    public async Task<JsonDocument?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var scanned = _read;
        while (true)
        {
            var end = _received.WrittenSpan[scanned..].IndexOf(Separator);
            if (end >= 0)
            {
                var message = _received.WrittenMemory[_read..(scanned + end)].ToArray();
                _read = scanned + end + 1;
                if (_read == _received.WrittenCount)
                {
                    _received.ResetWrittenCount();
                    _read = 0;
                }
                return JsonDocument.Parse(message);
            }
            if (_read > 0)
            {
                var rest = _received.WrittenSpan[_read..].ToArray();
                _received.ResetWrittenCount();
                _received.Write(rest);
                _read = 0;
            }
            scanned = _received.WrittenCount;
            var result = await _socket.ReceiveAsync(_received.GetMemory(16 * 1024), cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
                return null;
            _received.Advance(result.Count);
            BytesReceived += result.Count;
        }
    }

    /// <summary>Cuts the socket without a word.</summary>
    public void Cut() => _socket.Abort();

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _invoker?.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = receiveBufferBytes };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
