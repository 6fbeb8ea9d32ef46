using System.Security.Authentication;
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
    /// <param name="door">The way there, or null when the library finds it by itself.</param>
    public static ConfigurationOptions Configure(RedisOptions options, RedisAddress address, string name, RedisDoor? door)
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            // INFO, CONFIG GET and CLIENT LIST count as administration; the user's rights at Redis decide what is allowed.
            AllowAdmin = true,
            ConnectRetry = 1,
            ConnectTimeout = 2_000,
            SyncTimeout = options.AnswerSeconds * 1_000,
            KeepAlive = 5,
            ClientName = name,
            DefaultDatabase = options.Database,
            Password = door?.Secret ?? address.Password,
            Ssl = options.Tls && door is null,
            // Nothing of other people's keys or channels is touched, so that the user needs no right to them.
            TieBreaker = "",
            ConfigurationChannel = "",
            CommandMap = CommandMap.Create(["SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "PUBLISH", "CLUSTER", "SENTINEL"], available: false),
        };
        if (door is not null)
        {
            configuration.EndPoints.Add(door.EndPoint);
            return configuration;
        }
        if (address.User is { } user)
            RedisAddress.UserOfLibrary!.SetValue(configuration, user);
        configuration.EndPoints.Add(address.Host, address.Port);
        if (options.Tls)
        {
            configuration.SslHost = address.Host;
            configuration.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            configuration.CertificateValidation += (_, certificate, _, errors) => address.Trusts(certificate, errors);
        }
        return configuration;
    }
}
