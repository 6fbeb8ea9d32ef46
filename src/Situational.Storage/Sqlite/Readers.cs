using System.Collections.Concurrent;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Connections for reading, apart from the writer's: in WAL mode a read waits for no write and no fsync. Nobody waits without end for a
/// free one, and searches never take the last one: look-ups, on which reports wait, and loads always find a way.
/// </summary>
internal sealed class Readers(
    Func<Session> open, Func<bool> inDoubt, int count, TimeSpan answer, TimeSpan searchTime, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly SemaphoreSlim _searches = new(count - 1, count - 1);
    private readonly ConcurrentBag<Session> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads on the thread pool, for as long as it takes.</summary>
    /// <exception cref="JournalUnavailableException">No reader came free in time, or the database cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken) =>
        ReadAsync(read, null, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Looks a row up; a disk that does not answer in time is not waited for.</summary>
    /// <inheritdoc cref="ReadAsync{T}(Func{Session, T}, CancellationToken)"/>
    public Task<T> FindAsync<T>(Func<Session, T> find, CancellationToken cancellationToken) =>
        ReadAsync(find, null, answer, cancellationToken);

    /// <summary>Reads what may take long: on all readers but one, and stopped after its time.</summary>
    /// <inheritdoc cref="ReadAsync{T}(Func{Session, T}, CancellationToken)"/>
    public Task<T> SearchAsync<T>(Func<Session, T> search, CancellationToken cancellationToken) =>
        ReadAsync(session =>
        {
            var begun = time.GetTimestamp();
            session.StopWhen(() => time.GetElapsedTime(begun) >= searchTime);
            var found = search(session);
            session.StopWhen(null);
            return found;
        }, _searches, searchTime + answer, cancellationToken);

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
            session.Dispose();
    }

    private async Task<T> ReadAsync<T>(Func<Session, T> read, SemaphoreSlim? bound, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (bound is not null)
            await EnterAsync(bound, cancellationToken);
        try
        {
            await EnterAsync(_free, cancellationToken);
        }
        catch
        {
            bound?.Release();
            throw;
        }
        // The reader comes free when the read has ended, also when nobody waits for it any more.
        var reading = Task.Run(() =>
        {
            try
            {
                return Read(read);
            }
            finally
            {
                _free.Release();
                bound?.Release();
            }
        }, CancellationToken.None);
        try
        {
            return await reading.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException) when (!reading.IsCompleted)
        {
            throw new JournalUnavailableException("The database does not answer.");
        }
    }

    private async Task EnterAsync(SemaphoreSlim bound, CancellationToken cancellationToken)
    {
        if (await bound.WaitAsync(answer, cancellationToken))
            return;
        StorageMeter.Refused.Add(1);
        throw new JournalUnavailableException("The database does not answer: too many reads wait.");
    }

    /// <summary>What throws gives its connection away, and with it a transaction left open.</summary>
    private T Read<T>(Func<Session, T> read)
    {
        Session? session = null;
        try
        {
            if (_closed)
                throw new JournalUnavailableException("The database is closing.");
            if (inDoubt())
                throw new JournalUnavailableException("The database does not know whether the disk has its last write.");
            if (!_idle.TryTake(out session))
                session = open();
            var result = read(session);
            if (_closed)
                return result;
            _idle.Add(session);
            session = null;
            return result;
        }
        catch (Exception e) when (SqliteFailure.ToCaller(e) is var told && !ReferenceEquals(told, e))
        {
            throw told;
        }
        finally
        {
            session?.Dispose();
        }
    }
}
