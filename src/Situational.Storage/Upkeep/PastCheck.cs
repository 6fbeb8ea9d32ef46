using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Situational.Domain.Cases;
using Situational.Storage.Rows;

namespace Situational.Storage.Upkeep;

/// <summary>
/// Holds the rows of the past to what the events fold to: by a sum over all, and case by case when it is to name what is wrong.
/// </summary>
/// <param name="byCase">Whether to tell the cases apart, which takes memory for each.</param>
internal sealed class PastCheck(bool byCase)
{
    private readonly PastFold _fold = new();
    private readonly Dictionary<string, ulong> _cases = new(StringComparer.Ordinal);
    private ulong _difference;
    private long _kept = long.MinValue;
    private bool _broken;

    /// <summary>Whether anything can be said: with a damaged history nothing can.</summary>
    public bool IsBroken => _broken;

    /// <summary>Whether the rows are what the events fold to.</summary>
    public bool IsRight => _difference == 0;

    /// <summary>Ids of the cases whose rows are not what their histories fold to, in order.</summary>
    public IEnumerable<string> Wrong => _cases.Where(one => one.Value != 0).Select(one => one.Key).Order(StringComparer.Ordinal);

    /// <summary>Notes that a history is damaged.</summary>
    public void Break() => _broken = true;

    /// <summary>Takes since when the past is kept: comes before all events.</summary>
    public void Keep(long since) => _kept = since;

    /// <summary>Takes the next event of a grid, and its case after it.</summary>
    public void Add(GridEvent happened, Case after) => _fold.Add(happened, after);

    /// <summary>Ends a grid.</summary>
    public void EndGrid() => Expect(_fold.EndGrid());

    /// <summary>Ends the last grid: comes before all rows.</summary>
    public void EndGrids() => Expect(_fold.End());

    /// <summary>Takes a row.</summary>
    public void Add(ArchiveItem.Past row) => Count(row.Id, row.From, row.Until, row.Open, row.Row.Data, false);

    private void Expect(IEnumerable<List<KeptPast>> cases)
    {
        foreach (var rows in cases)
            foreach (var (row, until) in rows)
                Count(row.Id, row.From, row.Open ? until : 0, row.Open, row.Row.Data, true);
    }

    private void Count(string id, long from, long until, bool open, byte[] data, bool expected)
    {
        // What held no longer then may be gone, or not yet.
        if ((open ? until : from) <= _kept)
            return;
        var mark = MarkOf(id, from, until, data);
        if (!expected)
            mark = 0 - mark;
        _difference += mark;
        if (byCase)
            _cases[id] = _cases.GetValueOrDefault(id) + mark;
    }

    private static ulong MarkOf(string id, long from, long until, byte[] data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, from);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], until);
        hash.AppendData(bytes[..16]);
        hash.AppendData(data);
        hash.AppendData(Encoding.UTF8.GetBytes(id));
        hash.GetCurrentHash(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
