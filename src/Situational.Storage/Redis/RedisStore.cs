using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// One Redis and the data folder beside it, which holds the keys of this host and the name of the store it last wrote to. The link is made
/// at the first call. Safe for all threads.
/// </summary>
internal sealed partial class RedisStore : IDisposable
{
    private readonly RedisAddress _address;
    private readonly RedisOptions _redis;
    private readonly DataFolder? _folder;
    private readonly RedisDoor? _door;
    private readonly bool _complete;
    private readonly ILogger _log;
    private readonly RedisLink _link;
    private string? _run;
    private long _restarts;
    private int _disposed;

    /// <summary>A server's store: holds the data folder, and wants the store complete.</summary>
    /// <exception cref="StorageUnusableException">The settings or the folder cannot be used.</exception>
    public RedisStore(IOptions<StorageOptions> options, IOptions<RedisOptions> redis, TimeProvider time, ILogger<RedisStore> log)
        : this(options.Value, redis.Value, static options => DataFolder.Take(options.Data), "situational", true, time, log) { }

    /// <summary>A store for upkeep, without a data folder.</summary>
    /// <param name="options">Options of all stores.</param>
    /// <param name="redis">Where it is.</param>
    /// <param name="complete">Whether an incomplete one is refused.</param>
    /// <param name="time">Measures all waiting.</param>
    /// <param name="log">For what it meets.</param>
    /// <exception cref="StorageUnusableException">The settings cannot be used.</exception>
    public RedisStore(StorageOptions options, RedisOptions redis, bool complete, TimeProvider time, ILogger log)
        : this(options, redis, static _ => null, "situational-upkeep", complete, time, log) { }

    private RedisStore(
        StorageOptions options, RedisOptions redis, Func<StorageOptions, DataFolder?> take, string name, bool complete, TimeProvider time, ILogger log)
    {
        Options = options;
        _redis = redis;
        _complete = complete;
        _log = log;
        _address = RedisAddress.Of(_redis);
        Keys = new RedisKeys(_redis.Prefix);
        Place = $"redis {_address}, database {_redis.Database}, keys {Keys.All}";
        _folder = take(options);
        _door = RedisAddress.UserOfLibrary is null && (_redis.Tls || _address.User is not null) ? new RedisDoor(_address, _redis.Tls) : null;
        var configuration = RedisConnection.Configure(_redis, _address, $"{name}:{_redis.Prefix}", _door);
        _link = new RedisLink(configuration, GreetAsync, _redis, Options.QueueCapacity, _address.ToString(), time, log);
    }

    public StorageOptions Options { get; }

    public RedisKeys Keys { get; }

    /// <summary>What logs and exceptions call this store.</summary>
    public string Place { get; }

    /// <summary>Waits until Redis answers and was found fit.</summary>
    /// <exception cref="StorageUnusableException">It does not, or is not.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _link.StartAsync(TimeSpan.FromSeconds(_redis.StartSeconds), cancellationToken).ConfigureAwait(false);
        LogOpened(_log, Place);
    }

    /// <summary>
    /// Looks whether a server uses these keys, for a while, as one that has just ended may still be listed. A Redis that does not tell this
    /// user is believed to have none.
    /// </summary>
    /// <exception cref="StorageUnusableException">One does.</exception>
    public async Task RequireNoServerAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var patience = new RedisDeadline(time, TimeSpan.FromSeconds(1));
        while (await _link.ClientsAsync().ConfigureAwait(false) is { } clients
            && clients.Split('\n').Any(client => client.Contains($" name=situational:{_redis.Prefix} ", StringComparison.Ordinal)))
        {
            if (patience.Left <= TimeSpan.Zero)
                throw new StorageUnusableException($"the {Place} is in use by a running server");
            await Task.Delay(50, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="RedisLink.NewDeadline"/>
    public RedisDeadline NewDeadline() => _link.NewDeadline();

    /// <inheritdoc cref="RedisLink.RunAsync"/>
    public Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, RedisDeadline deadline, CancellationToken cancellationToken) =>
        _link.RunAsync(script, keys, values, deadline, cancellationToken);

    /// <inheritdoc cref="RedisLink.Generation"/>
    public long Generation => _link.Generation;

    /// <inheritdoc cref="RedisLink.RunOnAsync"/>
    public Task<RedisResult> RunOnAsync(long generation, RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        _link.RunOnAsync(generation, script, keys, values, cancellationToken);

    /// <summary>
    /// How often another run of the server was met: one that begins anew may lack the newest writes of the one before. Has risen before the
    /// first command goes to that run. Stays 0 when this user is not told the runs.
    /// </summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>Runs a script as a call of its own.</summary>
    /// <inheritdoc cref="RedisLink.RunAsync"/>
    public Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        _link.RunAsync(script, keys, values, _link.NewDeadline(), cancellationToken);

    /// <summary>Names of a sorted set, in their order, a page at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> NamesAsync(RedisKey names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int most = 1_000;
        var after = "";
        while (true)
        {
            var page = (await RunAsync(RedisScript.Names, [names], [after, most], cancellationToken).ConfigureAwait(false)).Items();
            if (page.Length > 0)
                yield return Array.ConvertAll(page, static name => name.Text());
            if (page.Length < most)
                yield break;
            after = page[^1].Text();
        }
    }

    /// <summary>A photo as it is stored, or null.</summary>
    public async Task<StoredPhoto?> PhotoAsync(string id, CancellationToken cancellationToken)
    {
        var found = (await RunAsync(RedisScript.Rows, [Keys.Photo(id)], ["type", "content"], cancellationToken).ConfigureAwait(false)).Items();
        var type = found[0].Text();
        return type.Length == 0 ? null : new StoredPhoto(type, found[1].Bytes());
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _link.Dispose();
        _door?.Dispose();
        _folder?.Dispose();
    }

    /// <summary>Asks each new connection what it promises and whether behind it stands the store that this folder knows.</summary>
    private async Task GreetAsync(RedisConnection connection)
    {
        var terms = await RedisTerms.AskAsync(connection, _address, _redis).ConfigureAwait(false);
        if (_complete && await SourceAsync(connection).ConfigureAwait(false) is { Length: > 0 } source)
            throw new StorageUnusableException($"the {Place} is incomplete: moving {source} into it was interrupted; run situational migrate again");
        var epoch = (await connection.Database.ScriptEvaluateAsync(
            RedisScript.Epoch.Text, [Keys.Epoch], [Guid.NewGuid().ToString("N")]).ConfigureAwait(false)).Text();
        var run = Interlocked.Exchange(ref _run, terms.RunId);
        if (run is null)
            LogPromise(_log, _address.ToString(), terms.Promise);
        else if (run != terms.RunId)
        {
            Interlocked.Increment(ref _restarts);
            LogRestarted(_log, _address.ToString(), terms.Promise);
        }
        if (_folder is not null)
            Recognize(_folder, epoch);
    }

    private async Task<string> SourceAsync(RedisConnection connection) =>
        (await connection.Database.ScriptEvaluateAsync(RedisScript.Unfinished.Text, [Keys.Unfinished], []).ConfigureAwait(false)).Text();

    private void Recognize(DataFolder folder, string epoch)
    {
        var file = folder.OwnFile("redis-store");
        var known = File.ReadAllText(file).Trim();
        if (known == epoch)
            return;
        if (known.Length > 0)
        {
            StorageMeter.Lost.Add(1);
            LogOtherStore(_log, Place, known, epoch);
        }
        File.WriteAllText(file, epoch);
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Information, Message = "Journal: {Place}")]
    private static partial void LogOpened(ILogger logger, string place);

    [LoggerMessage(EventId = 41, Level = LogLevel.Information, Message = "What the Redis at {Address} promises of an acknowledged write: {Promise}.")]
    private static partial void LogPromise(ILogger logger, string address, string promise);

    [LoggerMessage(EventId = 42, Level = LogLevel.Warning,
        Message = "The Redis at {Address} was restarted. It promises of an acknowledged write: {Promise}. The grids are read again.")]
    private static partial void LogRestarted(ILogger logger, string address, string promise);

    [LoggerMessage(EventId = 43, Level = LogLevel.Critical,
        Message = "The {Place} is not the store that this data folder wrote to before ({Known}, now {Epoch}): it was emptied or replaced, and what it held is not there.")]
    private static partial void LogOtherStore(ILogger logger, string place, string known, string epoch);
}
