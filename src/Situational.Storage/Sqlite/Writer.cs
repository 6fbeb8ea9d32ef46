using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>
/// The one writer: a thread that takes what waits, writes it in one transaction, makes it durable with one fsync, and then answers all.
/// After a failure it lets its connection go, so that the next batch begins with a new one.
/// While a batch takes too long, what is not yet taken is refused; what is taken is waited for, as only the disk knows how it ends.
/// </summary>
internal sealed partial class Writer : IDisposable
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastBatch = TimeSpan.FromSeconds(3);
    private readonly Channel<WriteRequest> _queue;
    private readonly Func<Session> _open;
    private readonly LogMover _mover;
    private readonly int _batchSize;
    private readonly TimeProvider _time;
    private readonly TimeSpan _answer;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly ITimer _watch;
    private Session? _session;
    private bool _away;
    private volatile bool _closing;
    private volatile bool _inDoubt;
    private long _begun;
    private int _stalled;

    public Writer(Func<Session> open, LogMover mover, int queueCapacity, int batchSize, TimeSpan answer, TimeProvider time, ILogger log)
    {
        _open = open;
        _mover = mover;
        _batchSize = batchSize;
        _answer = answer;
        _time = time;
        _log = log;
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(queueCapacity));
        _session = open();
        _thread = new Thread(Run) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
        _watch = time.CreateTimer(static state => ((Writer)state!).Look(), this, Watch, Watch);
    }

    /// <summary>Whether the writer has ended and holds the database no more.</summary>
    public bool Ended => !_thread.IsAlive;

    /// <summary>
    /// Whether a commit failed when the disk already had it, but not for certain: after a crash it may be there or not. Until that is settled
    /// nothing that can be read is to be told as durable.
    /// </summary>
    public bool InDoubt => _inDoubt;

    /// <summary>Queues a write; completes when it is durable. A full queue and a disk that does not answer refuse at once.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was acknowledged.</exception>
    public Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var request = new WriteRequest<T>(work, cancellationToken);
        if (IsOver(_answer))
        {
            StorageMeter.Refused.Add(1);
            request.Fail(DoesNotAnswer());
        }
        else if (!_queue.Writer.TryWrite(request))
        {
            var closed = _closing;
            if (!closed)
                StorageMeter.Refused.Add(1);
            request.Fail(new JournalUnavailableException(closed ? "The database is closing." : "Too many writes wait for the database."));
        }
        return request.Task;
    }

    /// <summary>Writes what waits, then ends. A batch that does not come back is left to the disk, and what waits behind it is refused.</summary>
    public void Dispose()
    {
        _closing = true;
        _watch.Dispose();
        _queue.Writer.TryComplete();
        while (!_thread.Join(Watch))
            if (IsOver(LastBatch))
            {
                LogLeft(_log);
                RefuseWaiting();
                return;
            }
    }

    private static JournalUnavailableException DoesNotAnswer() => new("The database does not answer.");

    /// <summary>Whether the present batch has taken that long.</summary>
    private bool IsOver(TimeSpan limit)
    {
        var begun = Volatile.Read(ref _begun);
        return begun != 0 && _time.GetElapsedTime(begun) >= limit;
    }

    private void Look()
    {
        if (IsOver(_answer))
        {
            if (Interlocked.Exchange(ref _stalled, 1) == 0)
                LogStalled(_log);
            RefuseWaiting();
        }
        else if (Interlocked.Exchange(ref _stalled, 0) == 1)
        {
            LogAnswers(_log);
        }
        if (_inDoubt)
            _ = SettleAsync();
    }

    /// <summary>A write of nothing, so that a doubt ends also when nobody writes.</summary>
    private async Task SettleAsync()
    {
        try
        {
            await WriteAsync(static _ => true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalUnavailableException)
        {
            // Tried again at the next look.
        }
    }

    /// <summary>Refuses what the writer has not taken: of that it is certain that nothing was written.</summary>
    private void RefuseWaiting()
    {
        while (_queue.Reader.TryRead(out var request))
            if (request.TryTake())
            {
                StorageMeter.Refused.Add(1);
                request.Fail(DoesNotAnswer());
            }
    }

    private void Run()
    {
        var batch = new List<WriteRequest>(_batchSize);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < _batchSize && _queue.Reader.TryRead(out var request))
                if (request.TryTake())
                    batch.Add(request);
            if (batch.Count > 0)
                Write(batch);
            batch.Clear();
        }
        _session?.Dispose();
    }

    private void Write(List<WriteRequest> batch)
    {
        var begun = _time.GetTimestamp();
        Volatile.Write(ref _begun, begun);
        try
        {
            Commit(batch);
        }
        catch (Exception e)
        {
            LetGo();
            if (batch.Count > 1 && !SqliteFailure.IsOfSurroundings(e))
            {
                foreach (var request in batch)
                    Write([request]);
                return;
            }
            Refuse(batch, e);
            return;
        }
        finally
        {
            Volatile.Write(ref _begun, 0);
        }
        StorageMeter.CommitSeconds.Record(_time.GetElapsedTime(begun).TotalSeconds);
        StorageMeter.BatchSize.Record(batch.Count);
        if (_away)
        {
            _away = false;
            LogBack(_log);
        }
        foreach (var request in batch)
            request.Complete();
    }

    private void Commit(List<WriteRequest> batch)
    {
        var session = _session ??= _open();
        if (_inDoubt)
            Settle(session);
        if (_mover.TakeLeftLittle())
            session.MoveLog();
        session.Run("BEGIN IMMEDIATE");
        foreach (var request in batch)
            request.Apply(session);
        try
        {
            session.Run("COMMIT");
        }
        catch (SqliteException e) when (SqliteFailure.LeavesDoubt(e))
        {
            _inDoubt = true;
            throw new JournalUnavailableException("The database does not know whether the disk has its last write.", outcomeUnknown: true, e);
        }
        _mover.Grown(session.TakeWritten());
    }

    /// <summary>
    /// Makes durable in the database's file whatever the log shows, the write in doubt too if it is there, and begins a new log: a second fsync
    /// of the same log would not do, since a disk's cache may forget what it failed to write.
    /// </summary>
    private void Settle(Session session)
    {
        session.Checkpoint();
        _inDoubt = false;
        LogSettled(_log);
    }

    private void Refuse(List<WriteRequest> batch, Exception cause)
    {
        StorageMeter.Failed.Add(batch.Count);
        if (!SqliteFailure.IsOfSurroundings(cause))
            LogRefused(_log, cause);
        else if (!_away)
        {
            _away = true;
            LogAway(_log, cause);
        }
        foreach (var request in batch)
            request.Fail(SqliteFailure.ToCaller(cause));
    }

    /// <summary>Closing a connection rolls its transaction back.</summary>
    private void LetGo()
    {
        var session = _session;
        _session = null;
        try
        {
            session?.Dispose();
        }
        catch (Exception e)
        {
            LogNotClosed(_log, e);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The journal cannot be written; reports are refused until it can.")]
    private static partial void LogAway(ILogger logger, Exception cause);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The journal can be written again.")]
    private static partial void LogBack(ILogger logger);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The journal refused a write.")]
    private static partial void LogRefused(ILogger logger, Exception cause);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "A failed connection to the journal could not be closed.")]
    private static partial void LogNotClosed(ILogger logger, Exception cause);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "The disk does not answer; new writes are refused until it does.")]
    private static partial void LogStalled(ILogger logger);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "The disk answers again.")]
    private static partial void LogAnswers(ILogger logger);

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "The last write of the journal is settled: what can be read is durable.")]
    private static partial void LogSettled(ILogger logger);

    [LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = "The disk does not answer; the last writes are left without knowing how they end.")]
    private static partial void LogLeft(ILogger logger);
}
