using System.Collections.Frozen;
using Situational.Domain.Journal;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>
/// What units are called, from the live picture, and for those that are not in it from their enrolments and newest fixes. What a unit is
/// called now, it is called in the past as well. Kept for a minute, and for moments before it was read: a unit that is new since would be nobody's, and not be
/// seen by its own patrol lead. Safe for all threads.
/// </summary>
internal sealed class UnitNames(ILiveCity city, IUnitStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Book? _book;

    /// <summary>The names of all units that there were up to a moment.</summary>
    public async Task<IUnitNames> ReadAsync(DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        if (_book is { } fresh && Serves(fresh, upTo))
            return fresh;
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_book is { } meanwhile && Serves(meanwhile, upTo))
                return meanwhile;
            return _book = await CollectAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private bool Serves(Book book, DateTimeOffset upTo) => book.ReadOf > upTo && time.GetElapsedTime(book.ReadAt) < Kept;

    private async Task<Book> CollectAsync(CancellationToken cancellationToken)
    {
        var (of, readAt) = (time.GetUtcNow(), time.GetTimestamp());
        var names = new Dictionary<string, (string Squad, string CallSign)>(StringComparer.Ordinal);
        foreach (var unit in city.Units(null, int.MaxValue, null))
            names[unit.Id] = (unit.Squad, unit.CallSign);
        var squads = new HashSet<string>(StringComparer.Ordinal);
        foreach (var enrolled in await store.LoadEnrolmentsAsync(cancellationToken))
            if (names.TryAdd(enrolled.Unit, (enrolled.Squad, enrolled.Unit)))
                squads.Add(enrolled.Squad);
        foreach (var squad in squads)
            foreach (var fix in await store.LoadFixesAsync(squad, cancellationToken))
                if (names.TryGetValue(fix.Unit, out var known) && known.CallSign == fix.Unit)
                    names[fix.Unit] = known with { CallSign = fix.CallSign };
        return new Book(names.ToFrozenDictionary(StringComparer.Ordinal), of, readAt);
    }

    private sealed class Book(FrozenDictionary<string, (string Squad, string CallSign)> names, DateTimeOffset readOf, long readAt) : IUnitNames
    {
        /// <summary>Units that are new since are not in it.</summary>
        public DateTimeOffset ReadOf => readOf;

        public long ReadAt => readAt;

        public (string Squad, string CallSign) Of(string unit) => names.TryGetValue(unit, out var known) ? known : ("", unit);
    }
}
