using System.Diagnostics.Metrics;

namespace Situational.Grains;

/// <summary>What the grains count, under the meter <see cref="MeterName"/>.</summary>
public sealed class GrainsMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Situational.Grains";

    private readonly Counter<long> _fixes;
    private readonly Counter<long> _refusedFixes;
    private readonly Counter<long> _untold;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _historyLost;
    private readonly Counter<long> _deadlines;
    private readonly Counter<long> _storeAway;
    private readonly Counter<long> _droppedUnits;
    private readonly Counter<long> _droppedWalks;
    private readonly Counter<long> _trailPoints;
    private readonly Counter<long> _droppedTrail;
    private readonly Counter<long> _outboxChanges;
    private readonly Counter<long> _outboxMessages;
    private readonly Counter<long> _outboxFailed;

    /// <summary>Makes the meter.</summary>
    public GrainsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _fixes = meter.CreateCounter<long>("situational.fixes", "{fix}", "Fixes that squads took.");
        _refusedFixes = meter.CreateCounter<long>("situational.fixes.refused", "{fix}", "Fixes that squads refused.");
        _untold = meter.CreateCounter<long>("situational.grids.untold", "{call}", "Calls of a squad to a grid that failed and are tried again.");
        _conflicts = meter.CreateCounter<long>("situational.journal.conflicts", "{append}", "Appends refused because the grid had another version.");
        _historyLost = meter.CreateCounter<long>("situational.journal.lost", "{event}", "Events that were acknowledged and that the store has lost.");
        _deadlines = meter.CreateCounter<long>("situational.deadlines", "{deadline}", "Deadlines that passed, each level of each clock once.");
        _storeAway = meter.CreateCounter<long>("situational.store.away", "{try}", "Tries of grains that found the store away.");
        _droppedUnits = meter.CreateCounter<long>("situational.grids.units.dropped", "{unit}", "Units that a full grid did not list.");
        _droppedWalks = meter.CreateCounter<long>("situational.coverage.dropped", "{walk}", "Parts of walks not counted, because too many days waited for the store.");
        _trailPoints = meter.CreateCounter<long>("situational.trail.points", "{point}", "Points of trails that were kept.");
        _droppedTrail = meter.CreateCounter<long>("situational.trail.dropped", "{point}", "Points and ways that were lost because too many waited.");
        _outboxChanges = meter.CreateCounter<long>("situational.outbox.changes", "{change}", "Merged grid changes taken out of the outbox.");
        _outboxMessages = meter.CreateCounter<long>("situational.outbox.messages", "{message}", "Messages sent to web nodes, empty ones included.");
        _outboxFailed = meter.CreateCounter<long>("situational.outbox.failed", "{message}", "Messages that a web node did not take.");
    }

    /// <summary>Counts a batch.</summary>
    public void Fixes(long taken, long refused)
    {
        if (taken > 0)
            _fixes.Add(taken);
        if (refused > 0)
            _refusedFixes.Add(refused);
    }

    /// <summary>Counts a call to a grid that failed.</summary>
    public void Untold() => _untold.Add(1);

    /// <summary>Counts a version conflict.</summary>
    public void Conflict() => _conflicts.Add(1);

    /// <summary>Counts events that the store has lost.</summary>
    public void HistoryLost(long events) => _historyLost.Add(events);

    /// <summary>Counts a deadline that passed.</summary>
    public void DeadlinePassed() => _deadlines.Add(1);

    /// <summary>Counts a try that found the store away.</summary>
    public void StoreAway() => _storeAway.Add(1);

    /// <summary>Counts units that a full grid did not list.</summary>
    public void DroppedUnits(int units) => _droppedUnits.Add(units);

    /// <summary>Counts parts of walks that no period had room for.</summary>
    public void DroppedWalks(long walks) => _droppedWalks.Add(walks);

    /// <summary>Counts points of trails that the store has.</summary>
    public void TrailPoints(int points) => _trailPoints.Add(points);

    /// <summary>Counts points and ways that were lost because too many waited.</summary>
    public void DroppedTrail(int points) => _droppedTrail.Add(points);

    /// <summary>Counts merged grid changes taken out of the outbox.</summary>
    public void OutboxChanges(int changes) => _outboxChanges.Add(changes);

    /// <summary>Counts a message sent to a web node.</summary>
    public void OutboxMessage() => _outboxMessages.Add(1);

    /// <summary>Counts a message that a web node did not take.</summary>
    public void OutboxFailed() => _outboxFailed.Add(1);
}
