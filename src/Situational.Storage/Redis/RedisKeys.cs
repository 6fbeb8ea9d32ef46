using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// Names of keys. What stands in braces decides the hash slot: all keys of a grid share one, and so do those of the city, so each script
/// stays within a slot; only those that bring a territory into force and that keep a duty state also write the city's audit trail, and the one
/// that keeps a photo counts it.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>What the names of the city's sorted sets begin with; see <see cref="Index"/>.</summary>
    public string IndexPrefix => $"{prefix}:{{city}}:";

    /// <summary>All keys, as a pattern.</summary>
    public string All => $"{prefix}:*";

    /// <summary>Idempotency keys: hash of key → state, time, append, grid, case, fingerprint.</summary>
    public RedisKey ReportKeys => $"{prefix}:{{city}}:report-keys";

    /// <summary>Idempotency keys in the order in which they came: sorted set.</summary>
    public RedisKey ReportKeyOrder => $"{prefix}:{{city}}:report-key-order";

    /// <summary>Counters: hash.</summary>
    public RedisKey Numbers => $"{prefix}:{{city}}:numbers";

    /// <summary>Case id → its number in 16 digits, which grows with every case opened: hash.</summary>
    public RedisKey CaseNumbers => $"{prefix}:{{city}}:case-numbers";

    /// <summary>Number of a case → the grid's version and what a search filters by: hash.</summary>
    public RedisKey CaseEntries => $"{prefix}:{{city}}:case-entries";

    /// <summary>Number of a case → its fact: hash.</summary>
    public RedisKey CaseFacts => $"{prefix}:{{city}}:case-facts";

    /// <summary>Entries of the audit trail by append or call: hash.</summary>
    public RedisKey AuditEntries => $"{prefix}:{{city}}:audit-entries";

    /// <summary>The same in the order in which they came: list.</summary>
    public RedisKey AuditWritten => $"{prefix}:{{city}}:audit-written";

    /// <summary>Codes of grids that may have a history: sorted set.</summary>
    public RedisKey Grids => $"{prefix}:{{city}}:grids";

    /// <summary>This store's name: string.</summary>
    public RedisKey Epoch => $"{prefix}:{{city}}:epoch";

    /// <summary>There while the store is being filled, and with what: string.</summary>
    public RedisKey Unfinished => $"{prefix}:{{city}}:unfinished";

    /// <summary>Written and taken away by a probe: string.</summary>
    public RedisKey Probe => $"{prefix}:{{city}}:probe";

    /// <summary>Ids of photos that may be there: sorted set.</summary>
    public RedisKey Photos => $"{prefix}:{{city}}:photos";

    /// <summary>Alert → its acknowledgement: hash.</summary>
    public RedisKey Alerts => $"{prefix}:{{city}}:alerts";

    /// <summary>When alerts were acknowledged, in 19 digits of ticks, and the alert: sorted set.</summary>
    public RedisKey AlertTimes => $"{prefix}:{{city}}:alert-times";

    /// <summary>Version of the territory → fingerprint, since when, the call that brought it: hash.</summary>
    public RedisKey TerritoryHeads => $"{prefix}:{{territory}}:heads";

    /// <summary>Version of the territory → GeoJSON: hash.</summary>
    public RedisKey TerritoryTexts => $"{prefix}:{{territory}}:texts";

    /// <summary>Unit → squad: hash.</summary>
    public RedisKey Squads => $"{prefix}:{{units}}:squads";

    /// <summary>Units by name: sorted set.</summary>
    public RedisKey Units => $"{prefix}:{{units}}:names";

    /// <summary>Unit → squad and duty state: hash.</summary>
    public RedisKey Duty => $"{prefix}:{{units}}:duty";

    /// <summary>Squad and unit of every duty state: sorted set.</summary>
    public RedisKey DutySquads => $"{prefix}:{{units}}:duty-squads";

    /// <summary>What the names of keys of trails begin with: <c>slot:</c>, <c>hour:</c> and <c>heard:</c> stand behind it.</summary>
    public string TrailPrefix => $"{prefix}:{{trails}}:";

    /// <summary>Slots that have points: sorted set.</summary>
    public RedisKey TrailSlots => $"{prefix}:{{trails}}:slots";

    /// <summary>Units that ever had points: sorted set.</summary>
    public RedisKey TrailUnits => $"{prefix}:{{trails}}:units";

    /// <summary>Grid → its number in trails: hash.</summary>
    public RedisKey TrailGrids => $"{prefix}:{{trails}}:grids";

    /// <summary>Number → grid: hash.</summary>
    public RedisKey TrailGridNames => $"{prefix}:{{trails}}:grid-names";

    /// <summary>What the names of keys of coverage begin with: <c>days:</c>, <c>figures:</c> and <c>sheets:</c> stand behind it.</summary>
    public string CoveragePrefix => $"{prefix}:{{coverage}}:";

    /// <summary>Squads that may have fixes: sorted set.</summary>
    public RedisKey FixSquads => $"{prefix}:{{units}}:fix-squads";

    /// <summary>
    /// A sorted set of the city. By number of the case: <c>cases</c>, <c>cases:open</c>, <c>cases:stage:4</c>, <c>cases:grid:</c> and a grid;
    /// by time in microseconds: <c>cases:due</c> (open ones), <c>cases:until</c> (when they ended). The audit trail by time: <c>audit</c>,
    /// <c>audit:who:</c> and a writer, <c>audit:target:</c> and what was written upon.
    /// </summary>
    public RedisKey Index(string name) => IndexPrefix + name;

    /// <summary>Version, snapshot and its version: hash.</summary>
    public RedisKey Head(string grid) => $"{prefix}:{{grid:{grid}}}:head";

    /// <summary>Events: stream; the id of an event is its version.</summary>
    public RedisKey Events(string grid) => $"{prefix}:{{grid:{grid}}}:events";

    /// <summary>Case id → row, or <c>&gt;</c> and the grid where it has gone: hash.</summary>
    public RedisKey Cases(string grid) => $"{prefix}:{{grid:{grid}}}:cases";

    /// <summary>Case id → versions of the events that concern it: hash.</summary>
    public RedisKey Trails(string grid) => $"{prefix}:{{grid:{grid}}}:trails";

    /// <summary>What the city's keys do not yet hold of this grid: hash.</summary>
    public RedisKey Outbox(string grid) => $"{prefix}:{{grid:{grid}}}:outbox";

    /// <summary>Appends that lost their idempotency key to another: sorted set by version.</summary>
    public RedisKey Fenced(string grid) => $"{prefix}:{{grid:{grid}}}:fenced";

    /// <summary>Unit → its points of a slot, as they came: hash.</summary>
    public RedisKey TrailSlot(long slot) => $"{TrailPrefix}slot:{slot}";

    /// <summary>Units that have points in an hour: sorted set.</summary>
    public RedisKey TrailHour(long hour) => $"{TrailPrefix}hour:{hour}";

    /// <summary>Number of a grid → when it was last heard in each slot of an hour: hash.</summary>
    public RedisKey TrailHeard(long hour) => $"{TrailPrefix}heard:{hour}";

    /// <summary>Days from which there are sheets of a cadence: sorted set.</summary>
    public RedisKey CoverageDays(int cadence) => $"{CoveragePrefix}days:{cadence}";

    /// <summary>Grid → both areas of its sheet: hash.</summary>
    public RedisKey CoverageFigures(int cadence, int day) => $"{CoveragePrefix}figures:{cadence}:{day}";

    /// <summary>Grid → its sheet: hash.</summary>
    public RedisKey CoverageSheets(int cadence, int day) => $"{CoveragePrefix}sheets:{cadence}:{day}";

    /// <summary>Case id → the past row that holds: hash.</summary>
    public RedisKey PastNow(string grid) => $"{prefix}:{{grid:{grid}}}:past-now";

    /// <summary>Past rows that were followed, by the second until which they held: sorted set.</summary>
    public RedisKey Past(string grid) => $"{prefix}:{{grid:{grid}}}:past";

    /// <summary>Case id → how many moves it will have made and the grid that it leaves for, until that one is known to have it: hash.</summary>
    public RedisKey PastLeaving(string grid) => $"{prefix}:{{grid:{grid}}}:past-leaving";

    /// <summary>Id of a case that came and how many moves it had made → since when it is here: hash.</summary>
    public RedisKey PastCame(string grid) => $"{prefix}:{{grid:{grid}}}:past-came";

    /// <summary>Newest fixes by unit: hash.</summary>
    public RedisKey Fixes(string squad) => $"{prefix}:{{squad:{squad}}}:fixes";

    /// <summary>A photo's type and content: hash.</summary>
    public RedisKey Photo(string id) => $"{prefix}:{{photo:{id}}}";
}
