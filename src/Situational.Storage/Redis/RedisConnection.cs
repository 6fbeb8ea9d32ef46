using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// One multiplexer from its making to its first failure. It is never mended: the link replaces it, so that whatever state a failure left
/// it in is gone, and its pending calls, some of which may never complete, are let go by <see cref="Gone"/>.
/// </summary>
internal sealed class RedisConnection
{
    private readonly CancellationTokenSource _gone = new();
    private readonly ConnectionMultiplexer _multiplexer;
    private int _dropped;

    private RedisConnection(ConnectionMultiplexer multiplexer, int database)
    {
        _multiplexer = multiplexer;
        Database = multiplexer.GetDatabase(database);
    }

    public IDatabase Database { get; }

    /// <summary>Cancelled when the connection is given up.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Its number among the connections that were used, from 1; set before it is.</summary>
    public long Generation { get; set; }

    /// <summary>Whether it was given up.</summary>
    public bool IsDropped => Volatile.Read(ref _dropped) != 0;

    /// <summary>Connects.</summary>
    /// <param name="configuration">Where and how.</param>
    /// <param name="database">Number of the database.</param>
    /// <param name="limit">How long to try.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="failed">Called, perhaps more than once, when the connection has failed.</param>
    public static async Task<RedisConnection> OpenAsync(
        ConfigurationOptions configuration, int database, TimeSpan limit, TimeProvider time, Action<RedisConnection> failed)
    {
        var connecting = ConnectionMultiplexer.ConnectAsync(configuration);
        try
        {
            var multiplexer = await connecting.WaitAsync(limit, time).ConfigureAwait(false);
            var connection = new RedisConnection(multiplexer, database);
            multiplexer.ConnectionFailed += (_, _) => failed(connection);
            if (!multiplexer.IsConnected)
            {
                connection.Drop();
                throw new IOException("It does not answer.");
            }
            return connection;
        }
        catch (TimeoutException)
        {
            _ = connecting.ContinueWith(static late =>
            {
                if (late.IsCompletedSuccessfully)
                    new RedisConnection(late.Result, 0).Drop();
                else
                    _ = late.Exception;
            }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Gives it up: its pending calls are let go and its sockets closed, without waiting for either.</summary>
    public void Drop()
    {
        if (Interlocked.Exchange(ref _dropped, 1) != 0)
            return;
        _ = Task.Run(() =>
        {
            _gone.Cancel();
            try
            {
                _multiplexer.Close(allowCommandsToComplete: false);
                _multiplexer.Dispose();
            }
            catch (Exception e) when (e is RedisException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // It is going in any case.
            }
        });
    }

    /// <summary>The library's settings for ours.</summary>
    /// <param name="options">Ours.</param>
    /// <param name="address">Where and as whom.</param>
    /// <param name="name">What Redis' list of clients calls it.</param>
    /// <exception cref="StorageUnusableException">The library cannot do what they say.</exception>
    public static ConfigurationOptions Configure(RedisOptions options, RedisAddress address, string name)
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            ConnectRetry = 1,
            ConnectTimeout = 2_000,
            SyncTimeout = options.AnswerSeconds * 1_000,
            KeepAlive = 5,
            ClientName = name,
            DefaultDatabase = options.Database,
            Password = address.Password,
            Ssl = options.Tls,
            // Nothing of other people's keys or channels is touched, so that the user needs no right to them.
            TieBreaker = "",
            ConfigurationChannel = "",
            CommandMap = CommandMap.Create(["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH", "CLUSTER", "SENTINEL"], available: false),
        };
        if (address.User is { } user)
            (RedisAddress.UserOfLibrary ?? throw new StorageUnusableException(
                $"{RedisOptions.Section}: this build's Redis library knows no {nameof(RedisOptions.User)}")).SetValue(configuration, user);
        configuration.EndPoints.Add(address.Host, address.Port);
        if (options.Tls)
        {
            configuration.SslHost = address.Host;
            configuration.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
            if (address.Authorities is { } authorities)
                configuration.CertificateValidation += (_, certificate, _, errors) => IsSignedBy(authorities, certificate, errors);
        }
        return configuration;
    }

    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate? certificate, System.Net.Security.SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }
}
