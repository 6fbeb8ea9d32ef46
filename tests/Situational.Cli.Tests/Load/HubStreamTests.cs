using System.Buffers.Binary;
using System.Text;
using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>Web socket frames become records however they are cut.</summary>
public sealed class HubStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void TryNext_HoweverTheBytesAreCut_GivesEveryRecordWhole(int cut)
    {
        var records = Enumerable.Range(0, 40).Select(i => $"{i}:" + new string((char)('a' + i % 26), i * i * 67)).ToList();
        var wire = new List<byte>();
        // one record in a frame, several in a frame, one over several frames; in between a ping and a pong
        Add(wire, 0x81, records[0] + "\u001e");
        Add(wire, 0x81, string.Concat(records[1..20].Select(r => r + "\u001e")));
        Add(wire, 0x8A, "");
        var rest = string.Concat(records[20..].Select(r => r + "\u001e"));
        Add(wire, 0x01, rest[..5]);
        Add(wire, 0x89, "who");
        Add(wire, 0x00, rest[5..70_000]);
        Add(wire, 0x80, rest[70_000..]);
        using var stream = new HubStream();

        var got = Read(stream, [.. wire], cut);

        Assert.Equal(records, got);
        Assert.Equal("who", Encoding.UTF8.GetString(stream.Ping!));
        Assert.False(stream.Closed);
    }

    [Fact]
    public void TryNext_AfterAClose_SaysSo()
    {
        var wire = new List<byte>();
        Add(wire, 0x88, "\u0003\u00e8");
        using var stream = new HubStream();

        Assert.Empty(Read(stream, [.. wire], 1));
        Assert.True(stream.Closed);
    }

    [Fact]
    public void TryNext_OfAMaskedFrame_IsABreach()
    {
        using var stream = new HubStream();

        Assert.Throws<IOException>(() => Read(stream, HubStream.Frame("{}"), 100));
    }

    private static List<string> Read(HubStream stream, byte[] wire, int cut)
    {
        var got = new List<string>();
        for (var at = 0; at < wire.Length;)
        {
            var free = stream.Free();
            var count = Math.Min(Math.Min(cut, free.Length), wire.Length - at);
            wire.AsMemory(at, count).CopyTo(free);
            stream.Advance(count);
            at += count;
            while (stream.TryNext(out var record))
                got.Add(Encoding.UTF8.GetString(record));
        }
        return got;
    }

    private static void Add(List<byte> wire, byte first, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        wire.Add(first);
        if (payload.Length < 126)
        {
            wire.Add((byte)payload.Length);
        }
        else
        {
            var head = new byte[payload.Length <= ushort.MaxValue ? 3 : 9];
            head[0] = (byte)(head.Length == 3 ? 126 : 127);
            if (head.Length == 3)
                BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(1), (ushort)payload.Length);
            else
                BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(1), payload.Length);
            wire.AddRange(head);
        }
        wire.AddRange(payload);
    }
}
