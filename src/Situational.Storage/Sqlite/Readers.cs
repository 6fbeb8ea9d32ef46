using System.Collections.Concurrent;
using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>Connections for reading, apart from the writer's: in WAL mode a read waits for no write and no fsync.</summary>
internal sealed class Readers(Func<Session> open, int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<Session> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads on the thread pool.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
            session.Dispose();
    }

    private T Read<T>(Func<Session, T> read)
    {
        Session? session = null;
        try
        {
            if (_closed)
                throw new JournalUnavailableException("The database is closing.");
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
