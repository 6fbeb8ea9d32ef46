using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>Digits as bytes.</summary>
public sealed class DigitsTests
{
    [Fact]
    public void Eight_OfEveryKindOfNumber_IsItsDigits()
    {
        var random = new Random(1);
        foreach (var number in Enumerable.Range(0, 20_000).Select(i => (uint)i * 4_999 + (uint)random.Next(4_999)).Append(0u).Append(99_999_999u))
            Assert.Equal(number.ToString("D8", CultureInfo.InvariantCulture), Text(Digits.Eight(number)));
    }

    [Theory]
    [InlineData(1_000_000_000_000)]
    [InlineData(1_795_334_400_123)]
    [InlineData(9_999_999_999_999)]
    public void TimeDigits_OverlapToThirteen(long milliseconds)
    {
        var digits = TimeDigits.Of(milliseconds);

        var (first, last) = (Text(digits.First), Text(digits.Last));
        Assert.Equal(milliseconds.ToString(CultureInfo.InvariantCulture), first + last[3..]);
        Assert.Equal(first[5..], last[..3]);
    }

    private static string Text(ulong digits)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, digits);
        return Encoding.ASCII.GetString(bytes);
    }
}
