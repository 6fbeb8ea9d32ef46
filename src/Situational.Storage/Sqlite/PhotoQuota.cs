using Situational.Domain.Journal;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Counts the bytes of all photos, so that they stay below a bound: once from the store, then as they are added. A photo has its room before
/// it is written. Safe for all threads.
/// </summary>
/// <param name="max">The bound in bytes.</param>
/// <param name="count">Counts what the store holds.</param>
internal sealed class PhotoQuota(long max, Func<CancellationToken, Task<long>> count)
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private long _used;
    private int _underWay;
    private bool _known;

    /// <summary>Takes room for a photo; to be followed by <see cref="Kept"/>, <see cref="NotKept"/> or <see cref="InDoubt"/>.</summary>
    /// <exception cref="PhotosFullException">There is not enough.</exception>
    public async Task TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Counted while nothing is under way, or a photo that is being written could count twice.
            if (NeedsCount())
            {
                var counted = await count(cancellationToken);
                lock (_lock)
                {
                    _used = counted;
                    _known = true;
                }
            }
            lock (_lock)
            {
                if (_used + bytes > max)
                    throw new PhotosFullException(max);
                _used += bytes;
                _underWay++;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The photo is there.</summary>
    public void Kept()
    {
        lock (_lock)
            _underWay--;
    }

    /// <summary>The photo is not there, or was there before.</summary>
    public void NotKept(int bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            _underWay--;
        }
    }

    /// <summary>Nobody knows whether the photo is there: it keeps its room until the store is counted anew.</summary>
    public void InDoubt()
    {
        lock (_lock)
        {
            _known = false;
            _underWay--;
        }
    }

    private bool NeedsCount()
    {
        lock (_lock)
            return !_known && _underWay == 0;
    }
}
