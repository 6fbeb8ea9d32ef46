using System.Globalization;
using System.Text;
using Situational.Host.Ingest;

namespace Situational.Host.Tests.Ingest;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-22T05:00:00Z", "2026-11-22T05:00:00.000Z")]
    [InlineData("2026-11-22t05:00:00z", "2026-11-22T05:00:00.000Z")]
    [InlineData("2026-11-22 05:00:00+08:00", "2026-11-21T21:00:00.000Z")]
    [InlineData("2026-11-22T05:00:00-03:30", "2026-11-22T08:30:00.000Z")]
    [InlineData("2026-11-22T05:00:00.1Z", "2026-11-22T05:00:00.100Z")]
    [InlineData("2026-11-22T05:00:00.123999999Z", "2026-11-22T05:00:00.123Z")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z")]
    [InlineData("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    public void TryParse_Time_GivesMilliseconds(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var milliseconds));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T05:00:00")]
    [InlineData("2026-11-22T05:00Z")]
    [InlineData("2026-11-22T05:00:00.Z")]
    [InlineData("2026-11-22T05:00:00+0800")]
    [InlineData("2026-11-22T05:00:00+24:00")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T05:60:00Z")]
    [InlineData("2026-11-22T05:00:61Z")]
    [InlineData("2026-02-29T05:00:00Z")]
    [InlineData("2026-13-01T05:00:00Z")]
    [InlineData("2026-00-01T05:00:00Z")]
    [InlineData("0000-01-01T05:00:00Z")]
    [InlineData("2026-11-22T05:00:00ZZ")]
    [InlineData("2026-11-22T05:00:00 Z")]
    [InlineData("2026/11/22T05:00:00Z")]
    [InlineData("+026-11-22T05:00:00Z")]
    [InlineData("2026-11-22T05:00:00.12345678901234567Z")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out _));
    }

    [Fact]
    public void TryParse_AnyTime_AgreesWithTheFramework()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(-60_000_000_000_000, 200_000_000_000_000))
                .ToOffset(TimeSpan.FromMinutes(random.Next(-14 * 60, 14 * 60 + 1)));

            Assert.True(Rfc3339.TryParse(Encoding.ASCII.GetBytes(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture)), out var milliseconds));
            Assert.Equal(time.ToUnixTimeMilliseconds(), milliseconds);
        }
    }
}
