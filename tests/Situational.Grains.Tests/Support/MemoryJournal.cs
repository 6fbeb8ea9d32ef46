using System.Collections.Concurrent;
using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Grains.Tests.Support;

/// <summary>A journal in memory that can be away, lose what it acknowledged, and in which others can write behind a grain's back.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalAppend> _appends = [];
    private readonly Dictionary<string, List<GridEvent>> _grids = [];
    private readonly Dictionary<string, AcceptedReport> _keys = [];
    private readonly Dictionary<string, Case> _cases = [];

    private long _generation;

    /// <summary>Every call fails as long as it is set.</summary>
    public volatile bool Away;

    /// <summary>Appends to these grids fail.</summary>
    public ConcurrentDictionary<string, bool> AwayFor { get; } = new();

    /// <summary>An append waits for this before it is written.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    /// <summary>Thrown once after the next append was written: its outcome is lost.</summary>
    public Exception? LoseOutcome { get; set; }

    /// <inheritdoc />
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Appends that were tried.</summary>
    public int Appends;

    /// <summary>What the audit trail holds, oldest first.</summary>
    public IReadOnlyList<AuditEntry> Audit
    {
        get
        {
            lock (_lock)
                return [.. _appends.Select(append => append.Audit).OfType<AuditEntry>()];
        }
    }

    /// <summary>Every grid that has a history.</summary>
    public IReadOnlyList<string> Grids
    {
        get
        {
            lock (_lock)
                return [.. _grids.Keys];
        }
    }

    public IReadOnlyList<GridEvent> EventsOf(string grid)
    {
        lock (_lock)
            return _grids.TryGetValue(grid, out var events) ? [.. events] : [];
    }

    /// <summary>What the events of a grid fold to.</summary>
    public GridState FoldOf(string grid) => GridFold.Apply(GridState.Empty(grid), EventsOf(grid));

    /// <summary>Forgets a grid's newest appends, as a store that lost its last second.</summary>
    public void LoseNewest(string grid, int appends = 1)
    {
        lock (_lock)
        {
            for (; appends > 0; appends--)
                _appends.RemoveAt(_appends.FindLastIndex(append => append.Grid == grid));
            var kept = _appends.ToArray();
            _appends.Clear();
            _grids.Clear();
            _keys.Clear();
            _cases.Clear();
            foreach (var append in kept)
                Assert.IsType<AppendOutcome.Appended>(Append(append));
        }
    }

    /// <summary>Says that it may have lost something, as a store does that was restarted.</summary>
    public void Restart() => Interlocked.Increment(ref _generation);

    public Task<GridHistory> LoadAsync(string grid, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult(new GridHistory(null, EventsOf(grid)));
    }

    public async Task<AppendOutcome> AppendAsync(JournalAppend append, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Appends);
        await Slow;
        ThrowIfAway();
        if (AwayFor.ContainsKey(append.Grid))
            throw new JournalUnavailableException("The test took the store away from that grid.");
        var outcome = Append(append);
        if (LoseOutcome is { } lost)
        {
            LoseOutcome = null;
            throw lost;
        }
        return outcome;
    }

    public Task ProbeAsync(CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.CompletedTask;
    }

    public Task<AcceptedReport?> FindReportAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        lock (_lock)
            return Task.FromResult(_keys.GetValueOrDefault(idempotencyKey));
    }

    public Task<Case?> FindCaseAsync(string caseId, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        lock (_lock)
            return Task.FromResult(_cases.GetValueOrDefault(caseId));
    }

    public Task<CasePage> SearchAsync(CaseQuery query, CancellationToken cancellationToken) => throw new NotSupportedException("No grain searches.");

    private AppendOutcome Append(JournalAppend append)
    {
        lock (_lock)
        {
            if (append.Report is { } report && _keys.TryGetValue(report.Key, out var before))
                return new AppendOutcome.KeyTaken(before);
            var events = _grids.GetValueOrDefault(append.Grid) ?? [];
            if (events.Count != append.ExpectedVersion)
                return new AppendOutcome.VersionConflict(events.Count);
            // What a grid says it becomes is what its events fold to, written and read.
            Assert.Equal(events.Count + append.Events.Count, append.StateAfter.Version);
            _grids[append.Grid] = events;
            events.AddRange(append.Events);
            foreach (var one in append.Cases)
                _cases[one.Id] = CaseJson.Read(CaseJson.Write(one));
            foreach (var moved in append.Gone)
                Assert.NotEqual(append.Grid, moved.Grid);
            if (append.Report is not null)
                _keys[append.Report.Key] = append.Report;
            _appends.Add(append);
            return new AppendOutcome.Appended(events.Count);
        }
    }

    private void ThrowIfAway()
    {
        if (Away)
            throw new JournalUnavailableException("The test took the store away.");
    }
}

/// <summary>Units and territories in memory, away when told.</summary>
internal sealed class MemoryStores : IUnitStore, ITerritoryStore
{
    private readonly ConcurrentDictionary<(string Squad, string Unit), StoredFix> _fixes = new();
    private readonly ConcurrentDictionary<string, string> _squads = new();
    private readonly ConcurrentDictionary<int, StoredTerritory> _territories = new();

    /// <summary>Every call fails as long as it is set.</summary>
    public volatile bool Away;

    /// <summary>A save waits for this before it is written.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    /// <summary>What the audit trail was told of territories.</summary>
    public ConcurrentQueue<AuditEntry> Audit { get; } = new();

    public IEnumerable<StoredFix> Fixes => _fixes.Values;

    /// <summary>Squads whose fixes were read, as each does when it wakes.</summary>
    public ConcurrentDictionary<string, bool> Woken { get; } = new();

    public Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult<IReadOnlyList<string>>([.. units.Select(u => _squads.GetOrAdd(u.Unit, u.Squad))]);
    }

    public Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult<IReadOnlyList<UnitEnrolment>>([.. _squads.Select(p => new UnitEnrolment(p.Key, p.Value))]);
    }

    public Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        Woken[squad] = true;
        return Task.FromResult<IReadOnlyList<StoredFix>>([.. _fixes.Where(p => p.Key.Squad == squad).Select(p => p.Value)]);
    }

    public async Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken)
    {
        await Slow;
        ThrowIfAway();
        foreach (var fix in fixes)
            _fixes[(squad, fix.Unit)] = fix;
    }

    public Task<StoredTerritory?> LoadNewestAsync(CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult(_territories.GetValueOrDefault(_territories.Count));
    }

    public Task<StoredTerritory?> LoadAsync(int version, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult(_territories.GetValueOrDefault(version));
    }

    public Task<IReadOnlyList<TerritoryVersion>> ListAsync(CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult<IReadOnlyList<TerritoryVersion>>(
            [.. _territories.Values.OrderBy(t => t.Version).Select(t => new TerritoryVersion(t.Version, t.Fingerprint, t.InForceAt))]);
    }

    public Task<bool> TryAddAsync(StoredTerritory territory, AuditEntry? audit, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        if (!_territories.TryAdd(territory.Version, territory))
            return Task.FromResult(false);
        if (audit is not null)
            Audit.Enqueue(audit);
        return Task.FromResult(true);
    }

    private void ThrowIfAway()
    {
        if (Away)
            throw new JournalUnavailableException("The test took the store away.");
    }
}
