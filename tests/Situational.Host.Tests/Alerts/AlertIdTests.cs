using Situational.Host.Alerts;

namespace Situational.Host.Tests.Alerts;

public sealed class AlertIdTests
{
    [Theory]
    [InlineData("red:110000001001001-7", true)]
    [InlineData("red:a-b_c.d-12", true)]
    [InlineData("red:110000001001001", false)]
    [InlineData("red:110000001001001-0", false)]
    [InlineData("red:城-1", false)]
    [InlineData("red:", false)]
    [InlineData("overdue:110000001001001-7:2", true)]
    [InlineData("overdue:110000001001001-7:3", true)]
    [InlineData("overdue:110000001001001-7:1", false)]
    [InlineData("overdue:110000001001001-7", false)]
    [InlineData("sos:w-017:1795395900000", true)]
    [InlineData("sos:北一:车:1795395900000", true)]
    [InlineData("sos:w-017:", false)]
    [InlineData("sos::1", false)]
    [InlineData("sos:w\u202e:1", false)]
    [InlineData("sos:w-017:-1", false)]
    [InlineData("sos:w-017:1234567890123456", false)]
    [InlineData("silent:110000001001001:1795395900000", true)]
    [InlineData("silent:110000001001001:0", true)]
    [InlineData("silent:110000 01001001:0", false)]
    [InlineData("blue:110000001001001-7", false)]
    [InlineData("RED:110000001001001-7", false)]
    [InlineData("red:110000001001001-7\0", false)]
    [InlineData("red:110000001001001-7\r\n", false)]
    [InlineData("red:110000\r\n-7", false)]
    [InlineData("", false)]
    [InlineData(":", false)]
    public void Text_IsAnAlertsIdByItsForm(string text, bool isOne) => Assert.Equal(isOne, AlertId.IsOne(text));

    [Fact]
    public void Text_BeyondTheLimit_IsNone()
    {
        var longest = "red:" + new string('a', AlertId.MaxLength - 6) + "-1";

        Assert.Equal(AlertId.MaxLength, longest.Length);
        Assert.True(AlertId.IsOne(longest));
        Assert.False(AlertId.IsOne(longest + "1"));
    }
}
