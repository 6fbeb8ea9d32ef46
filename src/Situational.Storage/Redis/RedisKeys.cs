using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// Names of keys. What stands in braces decides the hash slot: all keys of a grid share one, and so do those of the city, so each script
/// stays within a slot.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>Idempotency keys: hash of key → state, time, append, grid, case, fingerprint.</summary>
    public RedisKey ReportKeys => $"{prefix}:{{city}}:report-keys";

    /// <summary>Idempotency keys in the order in which they came: sorted set.</summary>
    public RedisKey ReportKeyOrder => $"{prefix}:{{city}}:report-key-order";

    /// <summary>Counters: hash.</summary>
    public RedisKey Numbers => $"{prefix}:{{city}}:numbers";

    /// <summary>What a search filters by: hash of case id → version, grid, stage, severity.</summary>
    public RedisKey CaseEntries => $"{prefix}:{{city}}:case-entries";

    /// <summary>All cases by their number, which grows with every case opened: sorted set.</summary>
    public RedisKey AllCases => $"{prefix}:{{city}}:cases";

    /// <summary>This store's name: string.</summary>
    public RedisKey Epoch => $"{prefix}:{{city}}:epoch";

    /// <summary>Written and taken away by a probe: string.</summary>
    public RedisKey Probe => $"{prefix}:{{city}}:probe";

    /// <summary>Version of the territory → fingerprint, since when, the call that brought it: hash.</summary>
    public RedisKey TerritoryHeads => $"{prefix}:{{territory}}:heads";

    /// <summary>Version of the territory → GeoJSON: hash.</summary>
    public RedisKey TerritoryTexts => $"{prefix}:{{territory}}:texts";

    /// <summary>Unit → squad: hash.</summary>
    public RedisKey Squads => $"{prefix}:{{units}}:squads";

    /// <summary>Units by name: sorted set.</summary>
    public RedisKey Units => $"{prefix}:{{units}}:names";

    /// <summary>Before a stage's number: its cases by number, a sorted set.</summary>
    public string StageCasesPrefix => $"{prefix}:{{city}}:cases:stage:";

    /// <summary>Before a grid's code: its cases by number, a sorted set.</summary>
    public string GridCasesPrefix => $"{prefix}:{{city}}:cases:grid:";

    /// <summary>A stage's cases by number: sorted set.</summary>
    public RedisKey StageCases(int stage) => $"{StageCasesPrefix}{stage}";

    /// <summary>A grid's cases by number: sorted set.</summary>
    public RedisKey GridCases(string grid) => GridCasesPrefix + grid;

    /// <summary>Version, snapshot and its version: hash.</summary>
    public RedisKey Head(string grid) => $"{prefix}:{{grid:{grid}}}:head";

    /// <summary>Events: stream; the id of an event is its version.</summary>
    public RedisKey Events(string grid) => $"{prefix}:{{grid:{grid}}}:events";

    /// <summary>Case id → row: hash.</summary>
    public RedisKey Cases(string grid) => $"{prefix}:{{grid:{grid}}}:cases";

    /// <summary>What the city's keys do not yet hold of this grid: hash.</summary>
    public RedisKey Outbox(string grid) => $"{prefix}:{{grid:{grid}}}:outbox";

    /// <summary>Appends that lost their idempotency key to another: sorted set by version.</summary>
    public RedisKey Fenced(string grid) => $"{prefix}:{{grid:{grid}}}:fenced";

    /// <summary>Newest fixes by unit: hash.</summary>
    public RedisKey Fixes(string squad) => $"{prefix}:{{squad:{squad}}}:fixes";
}
