using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Upkeep;

/// <summary>How much was seen of each kind, and a sum over its content that does not depend on the order: equal sums are equal stores.</summary>
internal sealed class StoreSum
{
    private readonly SortedDictionary<string, (long Count, ulong Sum)> _kinds = new(StringComparer.Ordinal);

    /// <summary>Grids seen.</summary>
    public long Grids { get; set; }

    /// <summary>Events seen.</summary>
    public long Events => CountOf(nameof(ArchiveItem.Event));

    /// <summary>Entries of the audit trail seen.</summary>
    public long Audit => CountOf(nameof(ArchiveItem.Audit));

    /// <summary>Items seen.</summary>
    public long Items { get; private set; }

    /// <summary>How much was seen of each kind.</summary>
    public ArchiveCounts Counts => new(
        CountOf(nameof(ArchiveItem.Territory)), CountOf(nameof(ArchiveItem.Unit)), CountOf(nameof(ArchiveItem.Fix)), CountOf(nameof(ArchiveItem.Photo)),
        Grids, Events, CountOf(nameof(ArchiveItem.Snapshot)), CountOf(nameof(ArchiveItem.Case)), CountOf(nameof(ArchiveItem.Key)), Audit,
        CountOf(nameof(ArchiveItem.Duty)), CountOf(nameof(ArchiveItem.Trail)), CountOf(nameof(ArchiveItem.Sheet)), CountOf(nameof(ArchiveItem.Acknowledgement)),
        CountOf(nameof(ArchiveItem.Past)));

    /// <summary>Counts an item in.</summary>
    public void Add(ArchiveItem item)
    {
        Items++;
        var kind = item.GetType().Name;
        var (count, sum) = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (count + 1, sum + MarkOf(item));
    }

    /// <summary>What two stores differ in, in words; null for nothing.</summary>
    public string? DifferenceTo(StoreSum other)
    {
        if (Counts != other.Counts)
            return $"one holds {Counts.ToText()}, the other {other.Counts.ToText()}";
        foreach (var (kind, value) in _kinds)
            if (other._kinds.GetValueOrDefault(kind) != value)
                return $"they hold other contents of the kind {kind}";
        return null;
    }

    private long CountOf(string kind) => _kinds.GetValueOrDefault(kind).Count;

    private static ulong MarkOf(ArchiveItem item)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        switch (item)
        {
            case ArchiveItem.Territory { Value: var value }:
                Add(hash, value.GeoJson.Span);
                Add(hash, $"{value.Version}|{value.Fingerprint}|{value.InForceAt?.UtcTicks}");
                break;
            case ArchiveItem.Fix { Value: var fix } one:
                Add(hash, $"{one.Squad}|{fix.MeasuredAt.UtcTicks}|{fix with { MeasuredAt = default }}");
                break;
            case ArchiveItem.Duty duty:
                Add(hash, duty.Row);
                Add(hash, $"{duty.UnitId}|{duty.Squad}");
                break;
            case ArchiveItem.Trail trail:
                Add(hash, $"{trail.UnitId}|{trail.Slot}");
                foreach (var point in trail.Points)
                    Add(hash, point);
                break;
            case ArchiveItem.Sheet { Figure: var figure } sheet:
                Add(hash, sheet.Row);
                Add(hash, $"{figure.Grid}|{figure.Period.Cadence}|{figure.Period.First.DayNumber}|{figure.WalkableSquareMeters:R}|{figure.WalkedSquareMeters:R}");
                break;
            case ArchiveItem.Past past:
                Add(hash, past.Row);
                Add(hash, $"{past.Id}|{past.From}|{past.Until}|{past.Open}");
                break;
            case ArchiveItem.Acknowledgement acknowledgement:
                Add(hash, acknowledgement.Row);
                Add(hash, $"{acknowledgement.Alert}|{acknowledgement.At}");
                break;
            case ArchiveItem.Photo photo:
                Add(hash, $"{photo.Id}|{photo.Value.ContentType}");
                break;
            case ArchiveItem.Event happened:
                Add(hash, happened.Value.Row);
                Add(hash, $"{happened.Grid}|{happened.Version}|{happened.Value.CaseId}");
                break;
            case ArchiveItem.Snapshot snapshot:
                Add(hash, snapshot.Row);
                Add(hash, $"{snapshot.Grid}|{snapshot.Version}");
                break;
            case ArchiveItem.Case { Value: var value }:
                Add(hash, value.Row);
                Add(hash, value.Fact);
                Add(hash, value.Text);
                Add(hash, $"{value.Id}|{value.Grid}|{value.Stage}|{value.Severity}|{value.Category}|{value.Level}|{value.Due}|{value.Reported}|{value.Ended}");
                break;
            case ArchiveItem.Audit { Value: var entry }:
                Add(hash, entry.Row);
                break;
            default:
                // Plain records of values: their text is all they hold.
                Add(hash, item.ToString());
                break;
        }
        Span<byte> mark = stackalloc byte[32];
        hash.GetCurrentHash(mark);
        return BinaryPrimitives.ReadUInt64LittleEndian(mark);
    }

    private static void Add(IncrementalHash hash, in TrailPoint point)
    {
        Span<byte> bytes = stackalloc byte[29];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, point.At.UtcTicks);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], point.Latitude);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], point.Longitude);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[24..], point.AccuracyMeters);
        bytes[28] = point.Ends ? (byte)1 : (byte)0;
        Add(hash, bytes);
        Add(hash, point.Grid);
    }

    private static void Add(IncrementalHash hash, StoredRow row)
    {
        Add(hash, row.Data);
        Add(hash, $"{row.Checksum}");
    }

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
