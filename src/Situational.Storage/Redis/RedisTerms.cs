using System.Globalization;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>What a Redis says of itself when a connection begins, and whether that will do.</summary>
/// <param name="RunId">Name of its present run: another one after each restart.</param>
/// <param name="Promise">What it promises of an acknowledged write, for the log.</param>
internal sealed record RedisTerms(string RunId, string Promise)
{
    private const int OldestVersion = 7;

    /// <exception cref="StorageUnusableException">It would lose or refuse what must be kept.</exception>
    /// <exception cref="IOException">It is not ready.</exception>
    /// <exception cref="RedisException">It does not answer.</exception>
    public static async Task<RedisTerms> AskAsync(RedisConnection connection, RedisAddress address, RedisOptions options)
    {
        // A library may go on as nobody in particular when its user was turned away, and Redis may let nobody in.
        if (address.User is { } user && await NameAsync(connection).ConfigureAwait(false) is { } name && name != user)
            throw Refused(address, $"takes this system for {name} and not for {user}: it does not accept the user or the password");
        var info = Parse((string?)await connection.Database.ExecuteAsync("INFO").ConfigureAwait(false) ?? "");
        if (info.GetValueOrDefault("loading") == "1")
            throw new IOException("It still reads its files.");
        var version = info.GetValueOrDefault("redis_version") ?? "";
        if (!(int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= OldestVersion))
            throw Refused(address, $"is of version {(version.Length == 0 ? "unknown" : version)}, and {OldestVersion} is the oldest that will do");
        if (info.GetValueOrDefault("role") != "master")
            throw Refused(address, "is a replica: name the server that takes writes");
        if (info.GetValueOrDefault("cluster_enabled") == "1")
            throw Refused(address, "is a node of a Redis Cluster, and this system uses a single server");
        var run = info.GetValueOrDefault("run_id") ?? "";
        try
        {
            var append = await SettingAsync(connection, "appendonly").ConfigureAwait(false);
            var sync = await SettingAsync(connection, "appendfsync").ConfigureAwait(false);
            var eviction = await SettingAsync(connection, "maxmemory-policy").ConfigureAwait(false);
            if (eviction != "noeviction")
                throw Refused(address, $"may evict keys (maxmemory-policy {eviction}): set it to noeviction");
            if (append == "yes" && sync is "always" or "everysec")
                return new RedisTerms(run, sync == "always"
                    ? "durable when acknowledged (appendfsync always)"
                    : "at most about a second lost when its machine stops (appendfsync everysec)");
            var state = append == "yes" ? $"appendfsync {sync}" : $"appendonly {append}";
            if (!options.AllowVolatile)
                throw Refused(address, $"may lose what it acknowledged ({state}): set appendonly yes and appendfsync always or everysec, "
                    + $"or {nameof(options.AllowVolatile)} to accept it");
            return new RedisTerms(run, $"volatile, which was accepted ({state})");
        }
        catch (RedisServerException e) when (IsForbidden(e))
        {
            if (!options.AllowUnchecked)
                throw Refused(address, "does not let this user ask for its configuration, so nobody knows what it promises: "
                    + $"allow the user 'config|get', or set {nameof(options.AllowUnchecked)} to accept that", e);
            return new RedisTerms(run, "unchecked, which was accepted");
        }
    }

    private static bool IsForbidden(RedisServerException e) =>
        e.Message.StartsWith("NOPERM", StringComparison.Ordinal) || e.Message.Contains("unknown command", StringComparison.OrdinalIgnoreCase);

    /// <summary>As whom Redis knows this connection; null when it does not tell this user.</summary>
    private static async Task<string?> NameAsync(RedisConnection connection)
    {
        try
        {
            return (string?)await connection.Database.ExecuteAsync("ACL", "WHOAMI").ConfigureAwait(false);
        }
        catch (RedisServerException e) when (IsForbidden(e))
        {
            return null;
        }
    }

    private static async Task<string> SettingAsync(RedisConnection connection, string name)
    {
        var pair = (string[]?)await connection.Database.ExecuteAsync("CONFIG", "GET", name).ConfigureAwait(false);
        return pair is [_, var value] ? value : "unknown";
    }

    private static Dictionary<string, string> Parse(string info)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in info.Split('\n'))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                values[line[..colon]] = line[(colon + 1)..].TrimEnd('\r');
        return values;
    }

    private static StorageUnusableException Refused(RedisAddress address, string why, Exception? inner = null) =>
        new($"the Redis at {address} {why}", inner);
}
