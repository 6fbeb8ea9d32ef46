using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Risk;
using Situational.Domain.Tests.Cases;

namespace Situational.Domain.Tests.Risk;

public sealed class RiskFormulaTests
{
    private static readonly RiskRules Rules = new();
    private static readonly DateTimeOffset Noon = Reports.Noon;

    [Fact]
    public void Judge_NothingOpen_IsBlueAndSaysSo()
    {
        var risk = RiskFormula.Judge([], Noon, Rules);
        Assert.Equal((Severity.Blue, 0d), (risk.Colour, risk.Score));
        Assert.Equal([new RiskReason(RiskCause.NoOpenCases, 0, 0)], risk.Reasons);
    }

    // The examples of docs/risk.md.
    [Theory]
    [InlineData("blue", 0, 1, Severity.Blue)]
    [InlineData("yellow", 0, 2, Severity.Yellow)]
    [InlineData("orange", 0, 4, Severity.Yellow)]
    [InlineData("red", 0, 8, Severity.Orange)]
    [InlineData("red", 2.1, 16, Severity.Red)]
    [InlineData("orange,orange", 0, 8, Severity.Orange)]
    [InlineData("blue", 25, 1.25, Severity.Blue)]
    [InlineData("blue", 73, 2.75, Severity.Yellow)]
    [InlineData("yellow", 25, 4.5, Severity.Yellow)]
    [InlineData("blue", 24000, 3, Severity.Yellow)]
    [InlineData("red,orange,yellow,blue", 0, 15, Severity.Orange)]
    public void Judge_TheDocumentedExamples_ScoreAsDocumented(string severities, double hoursOpen, double score, Severity colour)
    {
        var open = severities.Split(',').Select((s, i) => Reports.Open(Enum.Parse<Severity>(s, true), Noon.AddHours(-hoursOpen), i + 1));
        var risk = RiskFormula.Judge(open, Noon, Rules);
        Assert.Equal((score, colour), (risk.Score, risk.Colour));
    }

    // The examples of docs/risk.md that have clocks.
    [Theory]
    [InlineData("red:Approaching", 10, Severity.Orange, 0)]
    [InlineData("red:Overdue", 16, Severity.Red, 1)]
    [InlineData("yellow:OverdueTwice", 6, Severity.Yellow, 1)]
    [InlineData("blue:OverdueTwice,orange:Approaching", 8, Severity.Orange, 1)]
    [InlineData("red:None", 8, Severity.Orange, 0)]
    public void Judge_CasesWithClocks_CountByTheLevelThatWasMadeKnown(string cases, double score, Severity colour, int overdue)
    {
        var open = cases.Split(',').Select(c => c.Split(':')).Select((c, i) => WithClock(
            Reports.Open(Enum.Parse<Severity>(c[0], true), Noon.AddHours(-20), i + 1), Enum.Parse<DeadlineLevel>(c[1])));
        var risk = RiskFormula.Judge(open, Noon, Rules);
        Assert.Equal((score, colour, overdue), (risk.Score, risk.Colour, risk.Overdue));
        Assert.Equal(score, risk.Reasons.Sum(r => r.Points));
    }

    [Fact]
    public void Judge_TheOfficerSetAnotherSeverity_CountsThatOne()
    {
        var risk = RiskFormula.Judge([Reports.Open(Severity.Red, Noon) with { JudgedSeverity = Severity.Blue }], Noon, Rules);
        Assert.Equal((1d, 0, 1), (risk.Score, risk.Red, risk.Blue));
    }

    [Fact]
    public void NextDueAt_ClocksStandStill_IsNone()
    {
        var one = WithClock(Reports.Open(Severity.Red, Noon), DeadlineLevel.None);
        Assert.Equal(one.Clocks[0].DueAt, Rules.NextDueAt(one));
        Assert.Null(Rules.NextDueAt(one with { Clocks = [one.Clocks[0] with { StoppedAt = Noon }] }));
        Assert.Equal(Noon.AddHours(2), Rules.NextDueAt(one with { Clocks = [] }));
        Assert.Null(Rules.NextDueAt(one with { Clocks = [], Stage = Stage.Suspended }));
    }

    [Fact]
    public void Judge_AnyCases_ReasonsAddUpToTheScoreAndMoreIsNeverLess()
    {
        var cases = Gen.Choose(1, 4).SelectMany(s => Gen.Choose(0, 200).Select(h => Reports.Open((Severity)s, Noon.AddHours(-h))));
        Prop.ForAll(cases.ListOf().ToArbitrary(), open =>
        {
            var risk = RiskFormula.Judge(open, Noon, Rules);
            Assert.Equal(risk.Score, risk.Reasons.Sum(r => r.Points), 0.05);
            Assert.Equal(open.Count, risk.Red + risk.Orange + risk.Yellow + risk.Blue);
            Assert.Equal(open.Count(c => Noon > Rules.DueAt(c)), risk.Overdue);
            var more = RiskFormula.Judge(open.Append(Reports.Open(Severity.Blue, Noon)), Noon, Rules);
            Assert.True(more.Score > risk.Score);
            Assert.True(RiskFormula.Judge(open, Noon.AddHours(30), Rules).Score >= risk.Score);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Judge_BetweenTwoLooks_DoesNotChangeWhileNothingHappens()
    {
        Case[] open = [Reports.Open(Severity.Yellow, Noon.AddHours(-3))];
        Assert.Equal(RiskFormula.Judge(open, Noon, Rules).Score, RiskFormula.Judge(open, Noon.AddSeconds(30), Rules).Score);
    }

    [Fact]
    public void Judge_AClockSetBackBeforeTheReport_CountsNoNegativeAge()
    {
        var risk = RiskFormula.Judge([Reports.Open(Severity.Red, Noon)], Noon.AddHours(-25), Rules);
        Assert.Equal((8d, 0), (risk.Score, risk.Overdue));
    }

    [Fact]
    public void InWords_EveryCause_SpeaksBothLanguagesThroughItsShortForm()
    {
        var zh = CultureInfo.GetCultureInfo("zh-CN");
        var en = CultureInfo.GetCultureInfo("en");
        foreach (var cause in Enum.GetValues<RiskCause>())
        {
            var written = RiskReasons.Write(new RiskReason(cause, 2, 1.25));
            Assert.True(RiskReasons.TryRead(written, out var back), written);
            Assert.Equal(new RiskReason(cause, 2, 1.25), back);
            Assert.NotEqual(written, RiskReasons.InWords(written, zh));
            Assert.NotEqual(written, RiskReasons.InWords(written, en));
            Assert.Contains(RiskReasons.InWords(written, zh), c => c > 0x4E00);
            Assert.DoesNotContain(RiskReasons.InWords(written, en), c => c > 0x7F);
        }
        Assert.Equal("2 open red cases (+16)", RiskReasons.InWords("open-red:2:16", en));
        Assert.Equal("1 case overdue (+8)", RiskReasons.InWords("overdue:1:8", en));
        Assert.Equal("红色案件 2 件未结（+16）", RiskReasons.InWords("open-red:2:16", zh));
    }

    private static Case WithClock(Case one, DeadlineLevel level) =>
        one with { Clocks = [new Clock(ClockKind.Close, new Limit(8, LimitUnit.WorkingHours), one.ReportedAt, one.ReportedAt, Noon, Noon, Noon) with { Fired = level }] };

    [Theory]
    [InlineData("")]
    [InlineData("open-red")]
    [InlineData("open-red:x:1")]
    [InlineData("unheard:1:1")]
    public void InWords_WhatIsNoShortForm_StaysAsItIs(string written) =>
        Assert.Equal(written, RiskReasons.InWords(written, CultureInfo.InvariantCulture));
}
