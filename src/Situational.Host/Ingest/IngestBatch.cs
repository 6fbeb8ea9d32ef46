using System.Buffers;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Grains.Messages;

namespace Situational.Host.Ingest;

/// <summary>The fixes of one request between reading and recording, in pooled arrays. For one caller at a time.</summary>
internal sealed class IngestBatch : IDisposable
{
    /// <summary>Fixes a request may hold.</summary>
    public const int MaxFixes = 20_000;

    /// <summary>Refused fixes that are described.</summary>
    public const int MaxReasons = 100;

    private const int FirstCapacity = 256;

    private readonly List<RefusedFix> _reasons = [];
    private Fix[] _fixes = ArrayPool<Fix>.Shared.Rent(FirstCapacity);
    private UnitEntry[] _units = ArrayPool<UnitEntry>.Shared.Rent(FirstCapacity);
    private int[] _indexes = ArrayPool<int>.Shared.Rent(FirstCapacity);
    private List<UnitEntry>? _newUnits;
    private List<UnitEnrolment>? _wanted;
    private Dictionary<string, UnitEntry>? _newById;

    /// <summary>Fixes seen, well-formed or not.</summary>
    public int Received { get; set; }

    /// <summary>Well-formed fixes.</summary>
    public int Count { get; private set; }

    /// <summary>Refused fixes.</summary>
    public int Refused { get; private set; }

    /// <summary>Well-formed fixes in their order.</summary>
    public ReadOnlySpan<Fix> Fixes => _fixes.AsSpan(0, Count);

    /// <summary>The unit of each of <see cref="Fixes"/>.</summary>
    public ReadOnlySpan<UnitEntry> Units => _units.AsSpan(0, Count);

    /// <summary>Place in the request of each of <see cref="Fixes"/>.</summary>
    public ReadOnlySpan<int> Indexes => _indexes.AsSpan(0, Count);

    /// <summary>Units that nobody knows yet, each once.</summary>
    public IReadOnlyList<UnitEntry> NewUnits => _newUnits ?? (IReadOnlyList<UnitEntry>)[];

    /// <summary>The squads that <see cref="NewUnits"/> ask for.</summary>
    public IReadOnlyList<UnitEnrolment> Wanted => _wanted ?? (IReadOnlyList<UnitEnrolment>)[];

    /// <summary>Takes a well-formed fix.</summary>
    public void Add(int index, UnitEntry unit, in Fix fix)
    {
        if (Count == _fixes.Length || Count == _units.Length || Count == _indexes.Length)
            Grow();
        _fixes[Count] = fix;
        _units[Count] = unit;
        _indexes[Count] = index;
        Count++;
    }

    /// <summary>Notes a refused fix; the first <see cref="MaxReasons"/> by index are described.</summary>
    public void Refuse(int index, string? unit, FixRefusal refusal)
    {
        Refused++;
        // refusals come in order of index while the request is read; later ones are sorted in
        if (_reasons.Count == MaxReasons && _reasons[^1].Index < index)
            return;
        var at = _reasons.Count;
        while (at > 0 && _reasons[at - 1].Index > index)
            at--;
        _reasons.Insert(at, new RefusedFix(index, unit, refusal.Reason, refusal.Detail));
        if (_reasons.Count > MaxReasons)
            _reasons.RemoveAt(MaxReasons);
    }

    /// <summary>Whether a refusal at that place would be described, so that its unit's name is worth a string.</summary>
    public bool Describes(int index) => _reasons.Count < MaxReasons || _reasons[^1].Index > index;

    /// <summary>The unit of that id among the new ones, or null.</summary>
    public UnitEntry? FindNew(ReadOnlySpan<char> unit) =>
        _newById is not null && _newById.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(unit, out var entry) ? entry : null;

    /// <summary>Notes a new unit.</summary>
    public UnitEntry AddNew(ReadOnlySpan<char> unit, string squad)
    {
        var entry = new UnitEntry(new string(unit));
        (_newUnits ??= []).Add(entry);
        (_wanted ??= []).Add(new UnitEnrolment(entry.Unit, squad));
        (_newById ??= new Dictionary<string, UnitEntry>(StringComparer.Ordinal)).Add(entry.Unit, entry);
        return entry;
    }

    /// <summary>The answer, once the counts are known. What squads refuse after all is counted without a reason.</summary>
    public PositionsAnswer Answer(in FixCounts counts) => new(
        Received, counts.Moved + counts.Older + counts.Repeated, counts.Moved, counts.Older, counts.Repeated, counts.Future, counts.Jumps,
        counts.Outside, Refused + counts.Refused, _reasons);

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<Fix>.Shared.Return(_fixes, clearArray: true);
        ArrayPool<UnitEntry>.Shared.Return(_units, clearArray: true);
        ArrayPool<int>.Shared.Return(_indexes);
        (_fixes, _units, _indexes, Count) = ([], [], [], 0);
    }

    private void Grow()
    {
        var capacity = Math.Max(FirstCapacity, Count * 2);
        _fixes = Grown(_fixes, Count, capacity, clear: true);
        _units = Grown(_units, Count, capacity, clear: true);
        _indexes = Grown(_indexes, Count, capacity, clear: false);
    }

    private static T[] Grown<T>(T[] old, int count, int capacity, bool clear)
    {
        var grown = ArrayPool<T>.Shared.Rent(capacity);
        Array.Copy(old, grown, count);
        ArrayPool<T>.Shared.Return(old, clear);
        return grown;
    }
}
