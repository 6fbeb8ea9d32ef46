using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;

namespace Situational.Host.Ingest;

/// <summary>
/// Which unit belongs to which squad, as this node knows it: filled from the store, grown by enrolment, never beyond
/// <see cref="IngestOptions.MaxUnits"/>. A unit stays in its squad. Safe for all threads.
/// </summary>
internal sealed partial class UnitDirectory(IUnitStore store, IOptions<IngestOptions> options, ILogger<UnitDirectory> logger)
{
    private readonly ConcurrentDictionary<string, UnitEntry> _units = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SquadEntry> _squads = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private int _count;
    private volatile bool _loaded;

    /// <summary>Units known.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many more units may be enrolled.</summary>
    public int Room => Math.Max(0, options.Value.MaxUnits - Count);

    /// <summary>The unit of that id, or null. Allocates nothing.</summary>
    public UnitEntry? Find(ReadOnlySpan<char> unit) =>
        _units.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(unit, out var entry) ? entry : null;

    /// <summary>Fills the directory from the store, once; a store that is away is asked again next time.</summary>
    public async ValueTask EnsureLoadedAsync(CancellationToken cancellationToken)
    {
        if (_loaded)
            return;
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_loaded)
                return;
            foreach (var known in await store.LoadEnrolmentsAsync(cancellationToken))
                _ = Add(new UnitEntry(known.Unit), known.Squad);
            _loaded = true;
            LogLoaded(logger, Count);
        }
        catch (JournalUnavailableException e)
        {
            LogNotLoaded(logger, e);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Enrols units durably, each into the squad asked for unless it has one already, and gives every entry its squad.</summary>
    /// <exception cref="JournalUnavailableException">The store is away; no entry was changed.</exception>
    public async Task EnrolAsync(IReadOnlyList<UnitEntry> units, IReadOnlyList<UnitEnrolment> wanted, CancellationToken cancellationToken)
    {
        var squads = await store.EnrolAsync(wanted, cancellationToken);
        for (var i = 0; i < units.Count; i++)
            units[i].Squad = Add(units[i], squads[i]).Squad;
    }

    private UnitEntry Add(UnitEntry unit, string squad)
    {
        unit.Squad = _squads.GetOrAdd(squad, static id => new SquadEntry(id));
        if (_units.TryAdd(unit.Unit, unit))
        {
            Interlocked.Increment(ref _count);
            return unit;
        }
        return _units[unit.Unit];
    }

    [LoggerMessage(1, LogLevel.Information, "{Units} units are enrolled")]
    private static partial void LogLoaded(ILogger logger, int units);

    [LoggerMessage(2, LogLevel.Warning, "The enrolled units could not be read; known units wait for the store")]
    private static partial void LogNotLoaded(ILogger logger, Exception exception);
}
