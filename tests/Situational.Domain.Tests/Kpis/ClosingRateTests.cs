using Situational.Domain.Cases;
using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

public sealed class ClosingRateTests
{
    [Theory]
    // reported, due, closed: due?, closed?, in time?
    [InlineData(10, 150, 120.0, 1, 1, 1)] // closed in time, in the period
    [InlineData(10, 150, 150.0, 1, 1, 0)] // closed at the very end of its limit: too late
    [InlineData(10, 150, 149.999, 1, 1, 1)]
    [InlineData(10, 150, 180.0, 1, 1, 0)] // late, but within the period
    [InlineData(10, 150, 200.0, 1, 0, 0)] // closed when the period was over
    [InlineData(10, 150, null, 1, 0, 0)] // overdue
    [InlineData(10, 100, null, 1, 0, 0)] // due at the period's first instant
    [InlineData(10, 200, null, 0, 0, 0)] // due when the period is over
    [InlineData(10, 300, null, 0, 0, 0)] // still has time
    [InlineData(10, 90, null, 0, 0, 0)] // was due before
    [InlineData(10, 90, 150.0, 0, 0, 0)] // was due before; closing it at last does not make it due again
    [InlineData(10, 300, 150.0, 1, 1, 1)] // closed early: due when it was closed
    [InlineData(10, 300, 100.0, 1, 1, 1)] // closed at the period's first instant
    [InlineData(10, 300, 99.0, 0, 0, 0)] // closed before
    [InlineData(10, 300, 200.0, 0, 0, 0)] // closed after
    [InlineData(100, 150, 120.0, 1, 1, 1)] // reported at the period's first instant
    public void Case_ClosedAndDue_CountsOnceInThePeriodInWhichItWasDecided(double reported, double due, double? closed, int denominator, int numerator, int inTime)
    {
        var fact = closed is { } at ? Facts.Ended(reported, at, due) : Facts.Open(reported, due, Stage.Handling);

        var figures = Facts.Figures(fact);

        Assert.Equal(new Ratio(numerator, denominator), figures[KpiRate.Closing]);
        Assert.Equal(new Ratio(inTime, denominator), figures[KpiRate.OnTimeClosing]);
    }

    [Fact]
    public void Case_InConsecutivePeriods_IsDueInExactlyOne()
    {
        for (var due = 40.0; due < 160; due += 7.5)
            for (double? closed = 30; closed <= 180; closed = closed < 180 ? closed + 12.5 : null)
            {
                var fact = Facts.Ended(10, closed.Value, due);

                var counted = Enumerable.Range(0, 20).Sum(i => Due(fact, new KpiPeriod(Facts.At(i * 10), Facts.At(i * 10 + 10))));

                Assert.Equal(1, counted);
            }

        static int Due(Journal.CaseFact fact, KpiPeriod period)
        {
            var count = new KpiCount(period);
            count.Add(fact, Trees.Of(1, ("city", null), (Facts.Grid, "city")));
            return count.ToSheet().Of(Facts.Grid)[KpiRate.Closing].Denominator;
        }
    }

    [Fact]
    public void Case_ThatStandsSuspended_LeavesTheDenominator()
    {
        var suspended = Facts.Open(10, 150, Stage.Suspended) with { Suspended = true, Suspensions = 1 };

        Assert.Equal(new Ratio(0, 0), Facts.Figures(suspended)[KpiRate.Closing]);
        Assert.Equal(new Ratio(0, 1), Facts.Figures(suspended with { Suspended = false, Stage = Stage.Handling })[KpiRate.Closing]);
    }

    [Theory]
    [InlineData(Stage.Rejected)]
    [InlineData(Stage.Merged)]
    public void Case_RejectedOrMerged_IsInNoFigureButCountedAsLeftOut(Stage stage)
    {
        var fact = (Facts.Ended(110, 140, 130, stage) with { OnTheSpot = true, SpotVerified = true, HandIns = 1, Reworks = 1 })
            .Through((Stage.Reported, 110), (Stage.Accepted, 115), (Stage.Suspended, 120), (stage, 140))
            .Musters(Facts.Muster(MusterState.Refused, 120, 125, unanswered: true, unsolved: true));

        var figures = Facts.Figures(fact);

        Assert.Equal((0, 1), (figures.Cases, figures.Excluded));
        Assert.All(figures.Rates, rate => Assert.Equal(default, rate));
        Assert.All(figures.Times, time => Assert.Equal(default, time));
    }

    [Fact]
    public void Case_Reopened_CountsByTheClosingThatHoldsAndTheLimitThatRuns()
    {
        // closed at 120, reopened at 130 with a limit until 190
        var open = Facts.Open(10, 190, Stage.Handling).Through(
            (Stage.Reported, 10), (Stage.Accepted, 20), (Stage.Dispatched, 30), (Stage.Handling, 40), (Stage.Handled, 50), (Stage.Verified, 60),
            (Stage.Closed, 120), (Stage.Accepted, 130), (Stage.Dispatched, 140), (Stage.Handling, 150));
        var closed = open with { Stage = Stage.Closed, EndedAt = Facts.At(180), OnTime = true };

        Assert.Equal(new Ratio(0, 1), Facts.Figures(open)[KpiRate.Closing]);
        Assert.Equal(0, Facts.Figures(open)[KpiTime.Whole].Count);
        Assert.Equal(new Ratio(1, 1), Facts.Figures(closed)[KpiRate.OnTimeClosing]);
        Assert.Equal(new TimeFigure(1, 170 * 3600, 170 * 3600), Facts.Figures(closed)[KpiTime.Whole]);
    }

    [Fact]
    public void Case_WithoutALimit_IsNeverDue() => Assert.Equal(default, Facts.Figures(Facts.Ended(10, 150))[KpiRate.Closing]);

    [Fact]
    public void Figures_OfNothing_HaveNoValue()
    {
        var figures = Facts.Figures();

        Assert.All(figures.Rates, rate => Assert.Null(rate.Value));
        Assert.All(figures.Rates, rate => Assert.Null(rate.Interval));
        Assert.All(figures.Times, time => Assert.Null(time.MedianSeconds));
    }

    [Fact]
    public void Figures_OfAHandfulOfCases_AreThoseWorkedByHand()
    {
        // 5 due: 2 closed in time, 1 late, 1 overdue, 1 closed after the period; not due: 1 suspended, 1 with time left, 1 due before
        var figures = Facts.Figures(
            Facts.Ended(10, 120, 150), Facts.Ended(20, 130, 400), Facts.Ended(30, 160, 150), Facts.Open(40, 170), Facts.Ended(50, 210, 180),
            Facts.Open(60, 170) with { Suspended = true, DueAt = null, Stage = Stage.Suspended }, Facts.Open(70, 260), Facts.Open(80, 95));

        Assert.Equal(8, figures.Cases);
        Assert.Equal(0.6, figures[KpiRate.Closing].Value);
        Assert.Equal(0.4, figures[KpiRate.OnTimeClosing].Value);
    }
}
