using Situational.Cli.Replay;

namespace Situational.Cli.Tests.Replay;

public sealed class ReplaySpeedTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("0.01", 0.01)]
    [InlineData("10000", 10_000)]
    [InlineData("max", double.PositiveInfinity)]
    public void Parse_OfASpeed_IsThatFactor(string text, double factor) => Assert.Equal(factor, ReplaySpeed.Parse(text)!.Value.Factor);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("10001")]
    [InlineData("NaN")]
    [InlineData("fast")]
    public void Parse_OfAnythingElse_IsNone(string text) => Assert.Null(ReplaySpeed.Parse(text));
}
