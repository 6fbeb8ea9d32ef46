using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Grains.Options;

namespace Situational.Host.Ingest;

/// <summary>
/// Which unit belongs to which squad, as this node knows it: filled from the store, grown by enrolment, never beyond
/// <see cref="IngestOptions.MaxUnits"/>, nor with more units in a squad than <see cref="PatrolOptions.MaxUnitsPerSquad"/>. A new unit's
/// place is taken before the store is asked, so that requests at the same time share one bound. A unit stays in its squad. Safe for all
/// threads.
/// </summary>
internal sealed partial class UnitDirectory(
    IUnitStore store, IOptions<IngestOptions> options, IOptions<PatrolOptions> patrols, ILogger<UnitDirectory> logger)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, UnitEntry> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SquadEntry> _squads = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private int _taken;
    private volatile bool _loaded;

    /// <summary>Units known, or waiting for their enrolment.</summary>
    public int Count => Volatile.Read(ref _taken);

    /// <summary>The store was read: who is not known here is enrolled nowhere, or by another node since.</summary>
    public bool IsLoaded => _loaded;

    /// <summary>All squads with their number of units, in ascending order of their ids.</summary>
    public List<(string Id, int Units)> Squads()
    {
        lock (_gate)
            return [.. _squads.Values.Select(s => (s.Id, s.Units)).OrderBy(s => s.Id, StringComparer.Ordinal)];
    }

    /// <summary>The ids of a squad's units, in no order; null if nobody ever was in such a squad.</summary>
    public List<string>? UnitsOf(string squad)
    {
        SquadEntry? entry;
        lock (_gate)
            entry = _squads.GetValueOrDefault(squad);
        return entry is null ? null : [.. _units.Values.Where(u => u.Squad == entry).Select(u => u.Unit)];
    }

    /// <summary>How many more units may be enrolled at present.</summary>
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
                Take(new UnitEntry(known.Unit), known.Squad, reserved: null);
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

    /// <summary>
    /// Enrols units durably, each into the squad asked for unless it has one already, and gives every entry its squad; an entry for which
    /// there is no room gets a <see cref="UnitEntry.Refusal"/> instead.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The store is away; no entry has a squad.</exception>
    public async Task EnrolAsync(IReadOnlyList<UnitEntry> units, IReadOnlyList<UnitEnrolment> wanted, CancellationToken cancellationToken)
    {
        var entries = new List<UnitEntry>(units.Count);
        var enrolments = new List<UnitEnrolment>(units.Count);
        for (var i = 0; i < units.Count; i++)
        {
            units[i].Refusal = Reserve(wanted[i].Squad);
            if (units[i].Refusal is not null)
                continue;
            entries.Add(units[i]);
            enrolments.Add(wanted[i]);
        }
        if (entries.Count == 0)
            return;
        IReadOnlyList<string> squads;
        try
        {
            squads = await store.EnrolAsync(enrolments, cancellationToken);
        }
        catch
        {
            foreach (var enrolment in enrolments)
                GiveBack(enrolment.Squad);
            throw;
        }
        for (var i = 0; i < entries.Count; i++)
            Take(entries[i], squads[i], enrolments[i].Squad);
    }

    private FixRefusal? Reserve(string squad)
    {
        lock (_gate)
        {
            if (_taken >= options.Value.MaxUnits)
                return FixRefusal.TooManyUnits;
            if (_squads.TryGetValue(squad, out var entry) && entry.Units >= patrols.Value.MaxUnitsPerSquad)
                return FixRefusal.SquadFull;
            Occupy(squad);
            return null;
        }
    }

    /// <summary>Gives back a place that was reserved.</summary>
    private void GiveBack(string squad)
    {
        lock (_gate)
        {
            _taken--;
            if (--_squads[squad].Units == 0)
                _squads.Remove(squad);
        }
    }

    /// <summary>Lists a unit in the squad it has, for which a place in a squad may have been reserved.</summary>
    private void Take(UnitEntry unit, string squad, string? reserved)
    {
        lock (_gate)
        {
            if (_units.TryGetValue(unit.Unit, out var known))
            {
                // somebody else enrolled it meanwhile
                unit.Squad = known.Squad;
            }
            else
            {
                unit.Squad = Occupy(squad);
                _units.TryAdd(unit.Unit, unit);
            }
            if (reserved is not null)
                GiveBack(reserved);
        }
    }

    private SquadEntry Occupy(string squad)
    {
        if (!_squads.TryGetValue(squad, out var entry))
            _squads.Add(squad, entry = new SquadEntry(squad));
        entry.Units++;
        _taken++;
        return entry;
    }

    [LoggerMessage(1, LogLevel.Information, "{Units} units are enrolled")]
    private static partial void LogLoaded(ILogger logger, int units);

    [LoggerMessage(2, LogLevel.Warning, "The enrolled units could not be read; known units wait for the store")]
    private static partial void LogNotLoaded(ILogger logger, Exception exception);
}
