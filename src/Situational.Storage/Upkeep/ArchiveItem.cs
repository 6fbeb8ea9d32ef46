using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Upkeep;

/// <summary>One thing that a store holds, as it is stored: rows are moved as they are, checksums included.</summary>
internal abstract record ArchiveItem
{
    private ArchiveItem() { }

    /// <summary>About how many bytes it takes.</summary>
    public virtual int Bytes => 200;

    /// <summary>A version of the territory.</summary>
    public sealed record Territory(StoredTerritory Value) : ArchiveItem
    {
        public override int Bytes => Value.GeoJson.Length;
    }

    /// <summary>An enrolment.</summary>
    public sealed record Unit(UnitEnrolment Value) : ArchiveItem;

    /// <summary>A unit's newest fix.</summary>
    public sealed record Fix(string Squad, StoredFix Value) : ArchiveItem;

    /// <summary>A unit's duty state.</summary>
    public sealed record Duty(string UnitId, string Squad, StoredRow Row) : ArchiveItem;

    /// <summary>A piece of a unit's trail: its points of a slot, oldest first.</summary>
    public sealed record Trail(string UnitId, long Slot, IReadOnlyList<TrailPoint> Points) : ArchiveItem
    {
        public override int Bytes => 64 * Points.Count;
    }

    /// <summary>What was walked of a grid in a period.</summary>
    public sealed record Sheet(CoverageFigure Figure, StoredRow Row) : ArchiveItem
    {
        public override int Bytes => Row.Data.Length;
    }

    /// <summary>An acknowledgement of an alert.</summary>
    /// <param name="Alert">The alert.</param>
    /// <param name="At">Ticks (UTC).</param>
    /// <param name="Row">The acknowledgement.</param>
    public sealed record Acknowledgement(string Alert, long At, StoredRow Row) : ArchiveItem;

    /// <summary>A photo.</summary>
    public sealed record Photo(string Id, StoredPhoto Value) : ArchiveItem
    {
        public override int Bytes => Value.Content.Length;
    }

    /// <summary>An event of a grid.</summary>
    public sealed record Event(string Grid, long Version, StoredEvent Value) : ArchiveItem
    {
        public override int Bytes => Value.Row.Data.Length;
    }

    /// <summary>A grid's newest snapshot.</summary>
    public sealed record Snapshot(string Grid, long Version, StoredRow Row) : ArchiveItem
    {
        public override int Bytes => Row.Data.Length;
    }

    /// <summary>A case's row.</summary>
    public sealed record Case(StoredCase Value) : ArchiveItem
    {
        public override int Bytes => Value.Row.Data.Length + Value.Fact.Data.Length + 3 * Value.Text.Length;
    }

    /// <summary>Since when the past is kept, once some of it was forgotten.</summary>
    /// <param name="Since">Ticks (UTC).</param>
    public sealed record PastKept(long Since) : ArchiveItem;

    /// <summary>What a screen showed of a case for a time, or how it ended.</summary>
    /// <param name="Id">The case.</param>
    /// <param name="From">Ticks (UTC) since when.</param>
    /// <param name="Until">Ticks (UTC) of what followed, <see cref="StoredPast.Never"/> while nothing has; 0 for how it ended.</param>
    /// <param name="Open">False for how it ended.</param>
    /// <param name="Row">The picture.</param>
    public sealed record Past(string Id, long From, long Until, bool Open, StoredRow Row) : ArchiveItem;

    /// <summary>An idempotency key.</summary>
    /// <param name="Report">What was accepted under it.</param>
    /// <param name="AcceptedAt">When, milliseconds since 1970, UTC.</param>
    public sealed record Key(AcceptedReport Report, long AcceptedAt) : ArchiveItem;

    /// <summary>An entry of the audit trail.</summary>
    public sealed record Audit(StoredAudit Value) : ArchiveItem
    {
        public override int Bytes => Value.Row.Data.Length;
    }

    /// <summary>Something that cannot be read, or that the store itself finds wrong.</summary>
    /// <param name="Place">Where, such as <c>photo ab12…</c>.</param>
    /// <param name="Damage">What is wrong, as the end of a sentence.</param>
    public sealed record Fault(string Place, string Damage) : ArchiveItem;
}
