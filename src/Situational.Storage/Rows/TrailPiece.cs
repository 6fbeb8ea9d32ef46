using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>
/// A piece of a trail: what a unit left in one slot of five minutes, 16 bytes a point, in any order; of one millisecond the last one counts, but an end stands.
/// A city leaves many millions of points in a week, and a row for each would take three times as much. Each point stands for itself, so that
/// some can be added without reading the others, and carries a check over its own bits, its unit and its slot.
/// </summary>
internal static class TrailPiece
{
    /// <summary>Bytes of a point.</summary>
    public const int PointBytes = 16;

    /// <summary>Milliseconds of a slot.</summary>
    public const long SlotMs = 300_000;

    /// <summary>Slots of an hour.</summary>
    public const int SlotsAnHour = 12;

    /// <summary>The greatest number that a grid may have.</summary>
    public const int MaxGrid = (1 << GridBits) - 1;

    private const int OffsetBits = 19, LatitudeBits = 28, AccuracyBits = 17, LongitudeBits = 29, GridBits = 20, CheckBits = 14;
    private const int LatitudeAt = OffsetBits, AccuracyAt = OffsetBits + LatitudeBits;
    private const int EndsAt = LongitudeBits, GridAt = LongitudeBits + 1, CheckAt = 64 - CheckBits;
    private const uint NoAccuracy = (1 << AccuracyBits) - 1;
    private const int HalfTurn6 = 180_000_000, QuarterTurn6 = 90_000_000;

    /// <summary>The slot of a time.</summary>
    public static long SlotOf(DateTimeOffset at) => Floor(at.ToUnixTimeMilliseconds(), SlotMs);

    /// <summary>The hour of a slot.</summary>
    public static long HourOf(long slot) => Floor(slot, SlotsAnHour);

    /// <summary>Writes a point.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="point">The point.</param>
    /// <param name="grid">Number of its grid, 0 to <see cref="MaxGrid"/>.</param>
    /// <param name="place">Where its 16 bytes go.</param>
    public static void Write(long slot, in TrailPoint point, int grid, Span<byte> place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)grid, (uint)MaxGrid, nameof(grid));
        var offset = (ulong)(point.At.ToUnixTimeMilliseconds() - slot * SlotMs);
        var latitude = (ulong)Millionths(point.Latitude, QuarterTurn6);
        var longitude = (ulong)Millionths(point.Longitude, HalfTurn6);
        var accuracy = float.IsNaN(point.AccuracyMeters) ? NoAccuracy : (uint)Math.Clamp(MathF.Round(point.AccuracyMeters), 0, NoAccuracy - 1);
        var first = offset | latitude << LatitudeAt | (ulong)accuracy << AccuracyAt;
        var second = longitude | (point.Ends ? 1UL << EndsAt : 0) | (ulong)grid << GridAt;
        BinaryPrimitives.WriteUInt64LittleEndian(place, first);
        BinaryPrimitives.WriteUInt64LittleEndian(place[8..], second | Check(Seed(point.Unit, slot), first, second) << CheckAt);
    }

    /// <summary>Reads a piece's points, oldest first, one a millisecond; says what is wrong instead.</summary>
    public static string? Read(string unit, long slot, ReadOnlySpan<byte> piece, Func<int, string?> gridOf, List<TrailPoint> points)
    {
        if (piece.Length % PointBytes != 0)
            return "it ends within a point";
        var seed = Seed(unit, slot);
        var before = points.Count;
        for (; piece.Length > 0; piece = piece[PointBytes..])
        {
            var first = BinaryPrimitives.ReadUInt64LittleEndian(piece);
            var second = BinaryPrimitives.ReadUInt64LittleEndian(piece[8..]);
            if (second >> CheckAt != Check(seed, first, second & ~(ulong.MaxValue << CheckAt)))
                return "its checksum does not match";
            var offset = (long)(first & Ones(OffsetBits));
            if (gridOf((int)(second >> GridAt & Ones(GridBits))) is not { } grid)
                return "its grid is unknown";
            var accuracy = (uint)(first >> AccuracyAt);
            Put(points, before, new TrailPoint(
                unit, DateTimeOffset.FromUnixTimeMilliseconds(slot * SlotMs + offset),
                ((long)(first >> LatitudeAt & Ones(LatitudeBits)) - QuarterTurn6) / 1e6, ((long)(second & Ones(LongitudeBits)) - HalfTurn6) / 1e6,
                accuracy == NoAccuracy ? float.NaN : accuracy, grid, (second >> EndsAt & 1) != 0));
        }
        return null;
    }

    /// <summary>A piece with points added to it: those of a millisecond that is there already take its place, unless a trail ends there.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> added)
    {
        var merged = new byte[piece.Length / PointBytes * PointBytes + added.Length];
        var length = piece.Length / PointBytes * PointBytes;
        piece[..length].CopyTo(merged);
        for (; added.Length > 0; added = added[PointBytes..])
        {
            var place = length;
            for (var at = 0; at < length; at += PointBytes)
                if (OffsetOf(merged.AsSpan(at)) == OffsetOf(added))
                    place = at;
            if (place == length || !Ends(merged.AsSpan(place)) || Ends(added))
                added[..PointBytes].CopyTo(merged.AsSpan(place));
            length = Math.Max(length, place + PointBytes);
        }
        return length == merged.Length ? merged : merged[..length];
    }

    /// <summary>A piece without its points from before a time, at most <paramref name="most"/> of them.</summary>
    /// <returns>What is left, and how many points went.</returns>
    public static (byte[] Left, int Gone) Forget(long slot, ReadOnlySpan<byte> piece, DateTimeOffset before, int most)
    {
        var left = new byte[piece.Length];
        int length = 0, gone = 0;
        for (; piece.Length >= PointBytes; piece = piece[PointBytes..])
            if (gone < most && slot * SlotMs + OffsetOf(piece) < before.ToUnixTimeMilliseconds())
                gone++;
            else
            {
                piece[..PointBytes].CopyTo(left.AsSpan(length));
                length += PointBytes;
            }
        return (left[..length], gone);
    }

    /// <summary>Keeps points in order; nearly always they come so.</summary>
    private static void Put(List<TrailPoint> points, int first, in TrailPoint point)
    {
        var at = points.Count;
        while (at > first && points[at - 1].At > point.At)
            at--;
        if (at == first || points[at - 1].At != point.At)
            points.Insert(at, point);
        else if (point.Ends || !points[at - 1].Ends)
            points[at - 1] = point;
    }

    private static long OffsetOf(ReadOnlySpan<byte> point) => (long)(BinaryPrimitives.ReadUInt64LittleEndian(point) & Ones(OffsetBits));

    private static bool Ends(ReadOnlySpan<byte> point) => (BinaryPrimitives.ReadUInt64LittleEndian(point[8..]) >> EndsAt & 1) != 0;

    private static long Millionths(double degrees, int half) => (long)Math.Clamp(Math.Round(degrees * 1e6), -half, half) + half;

    private static uint Seed(string unit, long slot)
    {
        var crc = uint.MaxValue;
        foreach (var part in MemoryMarshal.AsBytes(unit.AsSpan()))
            crc = BitOperations.Crc32C(crc, part);
        return BitOperations.Crc32C(crc, (ulong)slot);
    }

    private static ulong Check(uint seed, ulong first, ulong second)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(seed, first), second);
        return (crc ^ crc >> CheckBits ^ crc >> 2 * CheckBits) & Ones(CheckBits);
    }

    private static ulong Ones(int bits) => (1UL << bits) - 1;

    private static long Floor(long value, long by) => value >= 0 ? value / by : (value - by + 1) / by;
}
