using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Rows;

public sealed class TrailPieceTests
{
    private static readonly long Slot = TrailPiece.SlotOf(TestGrid.Noon);

    [Fact]
    public void Write_OfAnyPoint_ReadsBackToTheMillionthAndTheMetre()
    {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var point = new TrailPoint(
                $"u{random.Next(9)}", TestGrid.Noon.AddMilliseconds(random.Next(300_000)), random.NextDouble() * 180 - 90, random.NextDouble() * 360 - 180,
                random.Next(4) == 0 ? float.NaN : random.NextSingle() * 100_000, $"{random.Next(TrailPiece.MaxGrid + 1)}", random.Next(2) == 0);
            var read = Assert.Single(Read(point.Unit, Slot, Of(point)));
            Assert.Equal((point.Unit, point.At, point.Grid, point.Ends), (read.Unit, read.At, read.Grid, read.Ends));
            Assert.InRange(read.Latitude - point.Latitude, -0.6e-6, 0.6e-6);
            Assert.InRange(read.Longitude - point.Longitude, -0.6e-6, 0.6e-6);
            Assert.Equal(MathF.Round(point.AccuracyMeters), read.AccuracyMeters);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(TrailPiece.MaxGrid + 1)]
    public void Write_OfAGridBeyondItsBits_IsRefused(int grid) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrailPiece.Write(Slot, Point(0, "1"), grid, new byte[TrailPiece.PointBytes]));

    [Fact]
    public void Read_OfAPointWithAChangedBit_SaysSo()
    {
        var piece = Of(Point(7, "3"));
        var unseen = 0;
        for (var bit = 0; bit < 8 * piece.Length; bit++)
        {
            piece[bit / 8] ^= (byte)(1 << bit % 8);
            unseen += TrailPiece.Read("u", Slot, piece, static number => $"{number}", []) is null ? 1 : 0;
            piece[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Assert.Equal(0, unseen);
    }

    [Fact]
    public void Read_InAnotherPlace_SaysSo()
    {
        var piece = Of(Point(7, "3"));
        Assert.Equal("its checksum does not match", TrailPiece.Read("v", Slot, piece, static number => $"{number}", []));
        Assert.Equal("its checksum does not match", TrailPiece.Read("u", Slot + 1, piece, static number => $"{number}", []));
        Assert.Equal("its grid is unknown", TrailPiece.Read("u", Slot, piece, static _ => null, []));
        Assert.Equal("it ends within a point", TrailPiece.Read("u", Slot, piece.AsSpan(1), static number => $"{number}", []));
    }

    [Fact]
    public void Merge_InAnyOrder_EqualsReadingAllWithTheLastOfAMillisecond()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var points = Enumerable.Range(0, 30).Select(i => Point(random.Next(40), $"{i}")).ToArray();
            byte[] merged = [], appended = [];
            foreach (var some in points.Chunk(1 + random.Next(7)))
            {
                byte[] added = [.. some.SelectMany(Of)];
                merged = TrailPiece.Merge(merged, added);
                appended = [.. appended, .. added];
            }
            var expected = points.GroupBy(p => p.At).Select(g => g.Last()).OrderBy(p => p.At).ToArray();
            Assert.Equal(expected, Read("u", Slot, merged));
            Assert.Equal(expected, Read("u", Slot, appended));
            Assert.Equal(expected.Length * TrailPiece.PointBytes, merged.Length);
        }
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(299_999, 0)]
    [InlineData(300_000, 1)]
    public void SlotOf_AroundTheBeginningOfTime_RoundsDown(long ms, long slot)
    {
        Assert.Equal(slot, TrailPiece.SlotOf(DateTimeOffset.FromUnixTimeMilliseconds(ms)));
        Assert.Equal(slot < 0 ? -1 : 0, TrailPiece.HourOf(slot));
    }

    private static TrailPoint Point(int ms, string grid) => new("u", TestGrid.Noon.AddMilliseconds(ms), 30.25, 120.16, 5, grid);

    private static byte[] Of(TrailPoint point)
    {
        var piece = new byte[TrailPiece.PointBytes];
        TrailPiece.Write(Slot, point, int.Parse(point.Grid, System.Globalization.CultureInfo.InvariantCulture), piece);
        return piece;
    }

    private static List<TrailPoint> Read(string unit, long slot, ReadOnlySpan<byte> piece)
    {
        var points = new List<TrailPoint>();
        Assert.Null(TrailPiece.Read(unit, slot, piece, static number => $"{number}", points));
        return points;
    }
}
