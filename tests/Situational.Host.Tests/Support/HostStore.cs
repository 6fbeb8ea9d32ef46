using Microsoft.Data.Sqlite;
using Situational.Testing;

namespace Situational.Host.Tests.Support;

/// <summary>What a real host keeps its data in: the file of its folder, or a Redis of the test's own.</summary>
internal sealed class HostStore : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string OnRedis = "redis";

    private readonly RedisServer? _redis;

    private HostStore(RedisServer? redis) => _redis = redis;

    /// <summary>True when it is a Redis, whose searches follow a write a moment later.</summary>
    public bool IsRedis => _redis is not null;

    private string[] Arguments => _redis is null
        ? []
        : ["--Situational:Storage:Kind=redis", $"--Situational:Storage:Redis:Address={_redis.Address}"];

    /// <summary>Makes one of that kind.</summary>
    public static async Task<HostStore> StartAsync(string kind) => new(kind == OnRedis ? await RedisServer.StartAsync() : null);

    /// <summary>Starts a host on it.</summary>
    public Task<HostProcess> StartHostAsync(HostProcessOptions? options = null)
    {
        options ??= new HostProcessOptions();
        return HostProcess.StartAsync(options with { Arguments = [.. Arguments, .. options.Arguments] });
    }

    /// <summary>Takes it away until the answer is disposed of: Redis is stopped, the file is locked.</summary>
    public async Task<IAsyncDisposable> TakeAwayAsync(HostProcess host)
    {
        if (_redis is not null)
        {
            _redis.Pause();
            return new Paused(_redis);
        }
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(host.DataFolder, "situational.db"),
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? default;

    private sealed class Paused(RedisServer redis) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            redis.Continue();
            return default;
        }
    }
}
