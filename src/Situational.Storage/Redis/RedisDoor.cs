using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace Situational.Storage.Redis;

/// <summary>
/// The way to Redis for a library that knows neither users nor present TLS: it connects to a port of this machine instead, shows a secret that
/// only this process has, and from there on speaks with Redis, over TLS if so set and signed in as the user. Whoever else finds the port is
/// turned away.
/// </summary>
internal sealed class RedisDoor : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly RedisAddress _address;
    private readonly bool _tls;
    private readonly byte[] _greeting;

    /// <summary>Opens it.</summary>
    public RedisDoor(RedisAddress address, bool tls)
    {
        _address = address;
        _tls = tls;
        Secret = RandomNumberGenerator.GetHexString(64);
        _greeting = Command("AUTH", Secret);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>What it asks for in place of the password.</summary>
    public string Secret { get; }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
    }

    private static byte[] Command(params string[] words)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (IsOfConnection(e))
        {
            // It was closed.
        }
    }

    private async Task ServeAsync(TcpClient inside)
    {
        using (inside)
        using (var outside = new TcpClient { NoDelay = true })
            try
            {
                inside.NoDelay = true;
                var here = inside.GetStream();
                Stream there;
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token))
                {
                    limit.CancelAfter(Limit);
                    var shown = new byte[_greeting.Length];
                    await here.ReadExactlyAsync(shown, limit.Token).ConfigureAwait(false);
                    if (!CryptographicOperations.FixedTimeEquals(shown, _greeting))
                        return;
                    await outside.ConnectAsync(_address.Host, _address.Port, limit.Token).ConfigureAwait(false);
                    there = await SecureAsync(outside.GetStream(), limit.Token).ConfigureAwait(false);
                    if (!await SignInAsync(here, there, limit.Token).ConfigureAwait(false))
                        return;
                }
                await using (there.ConfigureAwait(false))
                    await Task.WhenAny(here.CopyToAsync(there, _closing.Token), there.CopyToAsync(here, _closing.Token)).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfConnection(e))
            {
                // Either end is gone, and so is the other: the library sees it and asks anew.
            }
    }

    private async Task<Stream> SecureAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        if (!_tls)
            return stream;
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = _address.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => _address.Trusts(certificate, errors),
            }, cancellationToken).ConfigureAwait(false);
        return secured;
    }

    /// <summary>Signs in and passes Redis' answer on.</summary>
    private async Task<bool> SignInAsync(NetworkStream here, Stream there, CancellationToken cancellationToken)
    {
        var answer = "+OK";
        if (_address.Password is { } password)
        {
            await there.WriteAsync(_address.User is { } user ? Command("AUTH", user, password) : Command("AUTH", password), cancellationToken).ConfigureAwait(false);
            answer = await ReadLineAsync(there, cancellationToken).ConfigureAwait(false);
        }
        await here.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), cancellationToken).ConfigureAwait(false);
        return answer.StartsWith('+');
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 1_000 && one[0] != '\n')
        {
            await stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
            line.Append((char)one[0]);
        }
        return line.ToString().TrimEnd();
    }

    private static bool IsOfConnection(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException or InvalidOperationException;
}
