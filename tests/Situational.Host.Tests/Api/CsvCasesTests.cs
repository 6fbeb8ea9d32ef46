using Situational.Host.Api;

namespace Situational.Host.Tests.Api;

public sealed class CsvCasesTests
{
    [Trait("Fault", "Bad input: text")]
    [Theory]
    [InlineData("", "")]
    [InlineData("路面塌陷", "路面塌陷")]
    [InlineData("a-b, c=d", "a-b, c=d")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1＋1", "'＝1＋1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\r=x", "'\r'=x")]
    [InlineData("  =x", "  '=x")]
    [InlineData("a;=x", "a;'=x")]
    [InlineData("a; =x", "a; =x")]
    [InlineData("a\n-x", "a\n'-x")]
    [InlineData("a\"=x", "a\"'=x")]
    [InlineData("a=x", "a=x")]
    public void Harmless_OfAText_PutsAnApostropheWhereACellWouldRun(string text, string harmless) =>
        Assert.Equal(harmless, CsvCases.Harmless(text));
}
