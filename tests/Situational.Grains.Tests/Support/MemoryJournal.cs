using System.Collections.Concurrent;
using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Grains.Tests.Support;

/// <summary>A journal in memory that can be away, and in which others can write behind a grain's back.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<GridEvent>> _grids = [];
    private readonly Dictionary<string, AcceptedReport> _keys = [];
    private readonly Dictionary<string, Case> _cases = [];

    /// <summary>Every call fails as long as it is set.</summary>
    public volatile bool Away;

    /// <summary>An append waits for this before it is written.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    /// <summary>Thrown once after the next append was written: its outcome is lost.</summary>
    public Exception? LoseOutcome { get; set; }

    /// <summary>Appends that were tried.</summary>
    public int Appends;

    public IReadOnlyList<GridEvent> EventsOf(string grid)
    {
        lock (_lock)
            return _grids.TryGetValue(grid, out var events) ? [.. events] : [];
    }

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
            if (!_grids.TryGetValue(append.Grid, out var events))
                _grids[append.Grid] = events = [];
            if (events.Count != append.ExpectedVersion)
                return new AppendOutcome.VersionConflict(events.Count);
            events.AddRange(append.Events);
            foreach (var one in append.Cases)
                _cases[one.Id] = one;
            if (append.Report is not null)
                _keys[append.Report.Key] = append.Report;
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

    public Task<bool> TryAddAsync(StoredTerritory territory, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult(_territories.TryAdd(territory.Version, territory));
    }

    private void ThrowIfAway()
    {
        if (Away)
            throw new JournalUnavailableException("The test took the store away.");
    }
}
