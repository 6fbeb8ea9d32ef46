using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Host.Alerts;
using Situational.Host.Feed;

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
    [InlineData("overdue:110000001001001-7:2:1795395900000", true)]
    [InlineData("overdue:110000001001001-7:3:1795395900000", true)]
    [InlineData("overdue:110000001001001-7:1:1795395900000", false)]
    [InlineData("overdue:110000001001001-7:2", false)]
    [InlineData("overdue:110000001001001-7:2:", false)]
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

    [Theory]
    [InlineData("red:g1-1", true)]
    [InlineData("red:g1-2", false)]
    [InlineData("red:g1-3", false)]
    [InlineData("overdue:g1-1:2:500", true)]
    [InlineData("overdue:g1-1:3:500", true)]
    [InlineData("overdue:g1-1:3:501", false)]
    [InlineData("overdue:g1-2:2:500", true)]
    [InlineData("overdue:g1-2:3:500", false)]
    [InlineData("sos:u1:700", true)]
    [InlineData("sos:u1:701", false)]
    [InlineData("sos:u2:0", false)]
    [InlineData("sos:u3:700", false)]
    [InlineData("silent:heard:900", true)]
    [InlineData("silent:heard:0", false)]
    [InlineData("silent:never:57600000", true)]
    [InlineData("silent:never:28800000", true)]
    [InlineData("silent:never:0", false)]
    [InlineData("silent:never:86400000", false)]
    [InlineData("silent:loud:900", false)]
    public void Alert_IsOnWhileThePictureHasIt(string text, bool isOn) => Assert.Equal(isOn, AlertId.IsOn(text, new OneCity(), 2 * AlertId.UnheardSpanMs + 5));

    [Fact]
    public void Text_BeyondTheLimit_IsNone()
    {
        var longest = "red:" + new string('a', AlertId.MaxLength - 6) + "-1";

        Assert.Equal(AlertId.MaxLength, longest.Length);
        Assert.True(AlertId.IsOne(longest));
        Assert.False(AlertId.IsOne(longest + "1"));
    }

    /// <summary>A red case twice overdue, an orange one once; a unit that called, one that did not; a grid heard long ago, one never.</summary>
    private sealed class OneCity : ILiveCity
    {
        public int TerritoryVersion => 1;

        public CaseRow? Case(string id) => id switch
        {
            "g1-1" => new CaseRow(id, "fire", 1, 1, 0, 0, 1, 500, 3),
            "g1-2" => new CaseRow(id, "fire", 2, 1, 0, 0, 1, 500, 2),
            _ => null,
        };

        public UnitView? Unit(string id) =>
            id is "u1" or "u2" ? new UnitView(id, id, "s", "g1", 0, 0, 1, UnitState.Live, null, FixMarks.None, SosAtMs: id == "u1" ? 700 : 0) : null;

        public long? SilentSince(string grid) => grid switch { "heard" => 900, "never" => 0, _ => null };

        public IReadOnlyList<UnitView> Units(string? area, int limit, string? afterId) => throw new NotSupportedException();

        public IReadOnlyList<(UnitView Unit, double Meters)> Nearest(double latitude, double longitude, int limit) => throw new NotSupportedException();

        public IReadOnlyList<IReadOnlyList<string>> CasesOf(IReadOnlyList<string> units, int most) => throw new NotSupportedException();

        public IReadOnlyList<CaseRow> Cases(IReadOnlyList<string> grids, string category, int limit) => throw new NotSupportedException();

        public IReadOnlyList<CaseRow> CasesOf(IReadOnlySet<string> assignees, int limit) => throw new NotSupportedException();

        public AreaView? Area(string code) => throw new NotSupportedException();

        public IReadOnlyList<string> SilentGrids(string area) => throw new NotSupportedException();

        public IReadOnlyList<Trouble> Troubles() => [];
    }
}
