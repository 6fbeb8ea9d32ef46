using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// The way to Redis: one connection, made at the first call and replaced when it fails, for ever. A call is tried again until its deadline,
/// so everything it runs must be safe to run twice. What may wait is bounded, and when Redis has been away for as long as a call may take,
/// further calls are refused at once. Safe for all threads.
/// </summary>
internal sealed partial class RedisLink : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private readonly Func<Task<RedisConnection>> _open;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TimeSpan _answer;
    private readonly int _capacity;
    private readonly string _place;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource<RedisConnection> _next = New();
    private volatile RedisConnection? _current;
    private long _awaySince;
    private long _generation;
    private int _underWay;
    private bool _connecting;
    private bool _everConnected;
    private bool _saidAway;

    /// <summary>Makes a link that connects when it is first used.</summary>
    /// <param name="configuration">Where and how.</param>
    /// <param name="greet">Looks at each new connection before it is used; what it throws lets the connection go.</param>
    /// <param name="options">The limits.</param>
    /// <param name="capacity">Calls under way at most; more are refused at once.</param>
    /// <param name="place">What logs and refusals call this Redis.</param>
    /// <param name="time">Measures all waiting.</param>
    /// <param name="log">Says when Redis goes and comes.</param>
    public RedisLink(
        ConfigurationOptions configuration, Func<RedisConnection, Task> greet, RedisOptions options, int capacity, string place, TimeProvider time, ILogger log)
    {
        _answer = TimeSpan.FromSeconds(options.AnswerSeconds);
        _capacity = capacity;
        _place = place;
        _time = time;
        _log = log;
        _open = async () =>
        {
            var connection = await RedisConnection.OpenAsync(configuration, options.Database, ConnectLimit, time, Drop).ConfigureAwait(false);
            try
            {
                await greet(connection).WaitAsync(ConnectLimit, time, connection.Gone).ConfigureAwait(false);
                return connection;
            }
            catch
            {
                connection.Drop();
                throw;
            }
        };
    }

    /// <summary>A deadline for a call that begins now.</summary>
    public RedisDeadline NewDeadline() => new(_time, _answer);

    /// <summary>Waits for the first connection.</summary>
    /// <exception cref="StorageUnusableException">Redis does not answer, or will not do.</exception>
    public async Task StartAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await Connected().WaitAsync(limit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new StorageUnusableException($"the Redis at {_place} does not answer", e);
        }
    }

    /// <summary>Redis' list of its clients, a line each; null when it does not tell this user.</summary>
    public async Task<string?> ClientsAsync()
    {
        try
        {
            var connection = await Connected().WaitAsync(_answer, _time).ConfigureAwait(false);
            return (string?)await connection.Database.ExecuteAsync("CLIENT", "LIST").WaitAsync(_answer, _time, connection.Gone).ConfigureAwait(false);
        }
        catch (RedisServerException)
        {
            return null;
        }
        catch (Exception e) when (RedisFailure.IsOfConnection(e))
        {
            throw new StorageUnusableException($"the Redis at {_place} does not answer", e);
        }
    }

    /// <summary>Number of the present connection or the last one.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Runs a script on one connection only: a lost reply is not asked for again, and another connection not used.</summary>
    /// <param name="generation">That connection's <see cref="Generation"/>.</param>
    /// <param name="script">What.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="values">Its values.</param>
    /// <param name="cancellationToken">Stops it before it is sent.</param>
    /// <exception cref="JournalUnavailableException">That connection is gone, Redis did not answer in time or refused.</exception>
    public Task<RedisResult> RunOnAsync(long generation, RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        CallAsync(script, keys, values, NewDeadline(), generation, cancellationToken);

    /// <summary>Runs a script. The command is on its way, in the order of the calls, when this returns its task and Redis is there.</summary>
    /// <exception cref="JournalUnavailableException">Redis did not answer in time or refused.</exception>
    public Task<RedisResult> RunAsync(
        RedisScript script, RedisKey[] keys, RedisValue[] values, RedisDeadline deadline, CancellationToken cancellationToken) =>
        CallAsync(script, keys, values, deadline, 0, cancellationToken);

    /// <summary>Closes it; calls under way are refused.</summary>
    public void Dispose()
    {
        RedisConnection? current;
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
                return;
            _closing.Cancel();
            current = _current;
            _current = null;
            _next.TrySetException(Closing());
            _ = _next.Task.Exception;
        }
        current?.Drop();
    }

    private async Task<RedisResult> CallAsync(
        RedisScript script, RedisKey[] keys, RedisValue[] values, RedisDeadline deadline, long generation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _underWay) > _capacity)
        {
            Interlocked.Decrement(ref _underWay);
            StorageMeter.Refused.Add(1);
            throw new JournalUnavailableException("Too many calls wait for Redis.");
        }
        try
        {
            return await TryAsync(script, keys, values, deadline, generation, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<RedisResult> TryAsync(
        RedisScript script, RedisKey[] keys, RedisValue[] values, RedisDeadline deadline, long generation, CancellationToken cancellationToken)
    {
        var unknown = false;
        Exception? last = null;
        while (true)
        {
            var connection = _current ?? await ConnectedAsync(deadline, unknown, last, cancellationToken).ConfigureAwait(false);
            var left = deadline.Left;
            if (left <= TimeSpan.Zero || (generation != 0 && connection.Generation != generation))
                throw DoesNotAnswer(unknown || generation != 0, last);
            try
            {
                // Half of the time for one try: a connection that swallows everything leaves the other half for the next one.
                var limit = _answer / 2 < left ? _answer / 2 : left;
                return await connection.Database.ScriptEvaluateAsync(script.Text, keys, values)
                    .WaitAsync(limit, _time, connection.Gone).ConfigureAwait(false);
            }
            catch (RedisServerException e)
            {
                last = e;
                if (!RedisFailure.IsForNow(e))
                {
                    StorageMeter.Failed.Add(1);
                    throw RedisFailure.ToCaller(e, unknown);
                }
                await Task.Delay(Moment, _time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (RedisFailure.IsOfConnection(e))
            {
                last = e;
                unknown = true;
                Drop(connection);
                if (generation != 0)
                    throw DoesNotAnswer(unknown, last);
            }
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask<RedisConnection> ConnectedAsync(
        RedisDeadline deadline, bool unknown, Exception? last, CancellationToken cancellationToken)
    {
        var connecting = Connected();
        if (!connecting.IsCompleted && IsLongAway())
        {
            StorageMeter.Refused.Add(1);
            throw DoesNotAnswer(unknown, last);
        }
        var left = deadline.Left;
        try
        {
            return await connecting.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw DoesNotAnswer(unknown, last ?? e);
        }
    }

    private JournalUnavailableException DoesNotAnswer(bool unknown, Exception? last)
    {
        StorageMeter.Failed.Add(1);
        return _closing.IsCancellationRequested ? Closing() : new JournalUnavailableException("Redis does not answer.", unknown, last);
    }

    private static JournalUnavailableException Closing() => new("The way to Redis is closed.");

    private bool IsLongAway()
    {
        var since = Volatile.Read(ref _awaySince);
        return since != 0 && _time.GetElapsedTime(since) >= _answer;
    }

    /// <summary>The present connection or the next.</summary>
    private Task<RedisConnection> Connected()
    {
        lock (_gate)
        {
            if (!_connecting && _current is null && !_closing.IsCancellationRequested)
            {
                _connecting = true;
                _ = Task.Run(ConnectAsync);
            }
            return _next.Task;
        }
    }

    private void Drop(RedisConnection connection)
    {
        lock (_gate)
        {
            connection.Drop();
            if (!ReferenceEquals(_current, connection))
                return;
            _current = null;
            if (_closing.IsCancellationRequested)
                return;
            _next = New();
            _awaySince = _time.GetTimestamp();
            _connecting = true;
            _ = Task.Run(ConnectAsync);
        }
    }

    private async Task ConnectAsync()
    {
        var pause = Moment;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                Take(await _open().ConfigureAwait(false));
                return;
            }
            catch (StorageUnusableException e) when (!_everConnected)
            {
                lock (_gate)
                {
                    _connecting = false;
                    _next.TrySetException(e);
                    _ = _next.Task.Exception;
                    _next = New();
                }
                return;
            }
            catch (Exception e)
            {
                NoteAway(e);
            }
            await Task.Delay(pause, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause < TimeSpan.FromSeconds(1) ? pause * 2 : pause;
        }
    }

    private void Take(RedisConnection connection)
    {
        bool back;
        lock (_gate)
        {
            _connecting = false;
            if (_closing.IsCancellationRequested)
            {
                connection.Drop();
                return;
            }
            if (connection.IsDropped)
            {
                _connecting = true;
                _ = Task.Run(ConnectAsync);
                return;
            }
            back = _everConnected;
            _everConnected = true;
            _saidAway = false;
            _awaySince = 0;
            connection.Generation = ++_generation;
            _current = connection;
            _next.TrySetResult(connection);
        }
        if (!back)
            return;
        StorageMeter.Reconnected.Add(1);
        LogBack(_log, _place);
    }

    private void NoteAway(Exception cause)
    {
        lock (_gate)
        {
            if (_awaySince == 0)
                _awaySince = _time.GetTimestamp();
            if (_saidAway)
                return;
            _saidAway = true;
        }
        if (!_closing.IsCancellationRequested)
            LogAway(_log, _place, cause.Message);
    }

    private static TaskCompletionSource<RedisConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(EventId = 30, Level = LogLevel.Error, Message = "The Redis at {Place} is away; reports are refused until it is back. {Cause}")]
    private static partial void LogAway(ILogger logger, string place, string cause);

    [LoggerMessage(EventId = 31, Level = LogLevel.Information, Message = "The Redis at {Place} is there again.")]
    private static partial void LogBack(ILogger logger, string place);
}
