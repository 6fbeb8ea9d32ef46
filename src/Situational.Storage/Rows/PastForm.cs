using System.Buffers.Binary;
using System.Text;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>
/// The written form of what a screen showed of a case, without its id and its time, which stand beside it: a picture of the past is a hundred
/// thousand of them. About 90 bytes; equal bytes are equal pictures.
/// </summary>
internal static class PastForm
{
    /// <summary>Number of the form, the first byte. One that was ever released never changes.</summary>
    private const byte Form = 1;

    private const byte Due = 1;
    private const byte Called = 2;
    private const byte Given = 4;

    /// <summary>Most bytes beside the texts: numbers, times and the lengths of four texts.</summary>
    private const int Fixed = 96;

    public static byte[] Write(PastCase value)
    {
        var most = Fixed + Encoding.UTF8.GetMaxByteCount(
            value.Grid.Length + value.Category.Length + (value.Whistle?.Length ?? 0) + (value.Assignee?.Id.Length ?? 0));
        var to = new Cursor(most <= 1_024 ? stackalloc byte[most] : new byte[most]);
        to.Byte(Form);
        to.Byte((byte)value.Stage);
        to.Byte((byte)value.Severity);
        to.Byte((byte)value.Level);
        to.Byte((byte)((value.DueAt is null ? 0 : Due) | (value.Whistle is null ? 0 : Called) | (value.Assignee is null ? 0 : Given)));
        to.Double(value.Latitude);
        to.Double(value.Longitude);
        to.Long(value.ReportedAt.UtcTicks);
        to.Count(value.Escalations);
        if (value.DueAt is { } due)
            to.Long(due.UtcTicks);
        if (value.Whistle is { } whistle)
        {
            to.Text(whistle);
            to.Long(value.WhistledAt.GetValueOrDefault().UtcTicks);
            to.Count(value.Called);
            to.Count(value.Arrived);
        }
        if (value.Assignee is { } assignee)
        {
            to.Byte((byte)assignee.Kind);
            to.Text(assignee.Id);
        }
        to.Text(value.Grid);
        to.Text(value.Category);
        return to.Done.ToArray();
    }

    /// <exception cref="ArgumentException">It ends too early.</exception>
    /// <exception cref="FormatException">It is of another form.</exception>
    public static PastCase Read(ReadOnlySpan<byte> data, string id, DateTimeOffset at)
    {
        var from = new Reading(data);
        if (from.Byte() != Form)
            throw new FormatException("it is of an unknown form");
        var stage = (Stage)from.Byte();
        var severity = (Severity)from.Byte();
        var level = (DeadlineLevel)from.Byte();
        var flags = from.Byte();
        var (latitude, longitude, reported, escalations) = (from.Double(), from.Double(), from.Time(), from.Count());
        DateTimeOffset? due = (flags & Due) == 0 ? null : from.Time();
        (string? Kind, DateTimeOffset? At, int Called, int Arrived) whistle = default;
        if ((flags & Called) != 0)
            whistle = (from.Text(), from.Time(), from.Count(), from.Count());
        var assignee = (flags & Given) == 0 ? null : new Assignee((AssigneeKind)from.Byte(), from.Text());
        var (grid, category) = (from.Text(), from.Text());
        return new PastCase(
            id, grid, category, severity, stage, latitude, longitude, reported, due, level, escalations, whistle.Kind, whistle.Called,
            whistle.Arrived, whistle.At, assignee, at);
    }

    private ref struct Cursor(Span<byte> all)
    {
        private readonly Span<byte> _all = all;
        private int _at;

        public readonly ReadOnlySpan<byte> Done => _all[.._at];

        public void Byte(byte value) => _all[_at++] = value;

        public void Long(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_all[_at..], value);
            _at += sizeof(long);
        }

        public void Double(double value) => Long(BitConverter.DoubleToInt64Bits(value));

        /// <summary>Seven bits a byte, the lowest first.</summary>
        public void Count(int value)
        {
            var left = (uint)value;
            for (; left >= 0x80; left >>= 7)
                Byte((byte)(left | 0x80));
            Byte((byte)left);
        }

        public void Text(string value)
        {
            Count(Encoding.UTF8.GetByteCount(value));
            _at += Encoding.UTF8.GetBytes(value, _all[_at..]);
        }
    }

    private ref struct Reading(ReadOnlySpan<byte> all)
    {
        private ReadOnlySpan<byte> _left = all;

        public byte Byte() => Take(1)[0];

        public double Double() => BitConverter.Int64BitsToDouble(Long());

        public DateTimeOffset Time() => new(Long(), TimeSpan.Zero);

        public string Text() => Encoding.UTF8.GetString(Take(Count()));

        public int Count()
        {
            var value = 0u;
            for (var shift = 0; shift < 35; shift += 7)
            {
                var next = Byte();
                value |= (next & 0x7Fu) << shift;
                if (next < 0x80)
                    break;
            }
            return (int)value;
        }

        private long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

        private ReadOnlySpan<byte> Take(int count)
        {
            var taken = _left[..count];
            _left = _left[count..];
            return taken;
        }
    }
}
