using Situational.Domain.Cases;
using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

public sealed class StageTimeTests
{
    [Fact]
    public void Times_OfACaseThroughTheWholeLoop_AreItsStays()
    {
        var fact = Facts.Ended(101, 130).Through(
            (Stage.Reported, 101), (Stage.Accepted, 102), (Stage.Dispatched, 104), (Stage.Returned, 107), (Stage.Dispatched, 111),
            (Stage.Handling, 112), (Stage.Handled, 118), (Stage.Rework, 119), (Stage.Handling, 119.5), (Stage.Handled, 121.5),
            (Stage.Verified, 122), (Stage.Closed, 130));

        var figures = Facts.Figures(fact);

        Assert.Equal(Hours(1, 1, 1), figures[KpiTime.Reported]);
        Assert.Equal(Hours(1, 2, 2), figures[KpiTime.Accepted]);
        Assert.Equal(Hours(2, 1, 3), figures[KpiTime.Dispatched]);
        Assert.Equal(Hours(1, 4, 4), figures[KpiTime.Returned]);
        Assert.Equal(Hours(2, 2, 6), figures[KpiTime.Handling]);
        Assert.Equal(Hours(2, 0.5, 1), figures[KpiTime.Handled]);
        Assert.Equal(Hours(1, 0.5, 0.5), figures[KpiTime.Rework]);
        Assert.Equal(Hours(1, 8, 8), figures[KpiTime.Verified]);
        Assert.Equal(Hours(1, 29, 29), figures[KpiTime.Whole]);
        Assert.Equal(default, figures[KpiTime.Suspended]);
    }

    [Fact]
    public void Times_OfASuspendedStay_CountItOnceWithoutTheSuspension()
    {
        var fact = Facts.Open(101, null, Stage.Handled).Through(
            (Stage.Reported, 101), (Stage.Accepted, 102), (Stage.Dispatched, 103), (Stage.Handling, 104), (Stage.Suspended, 106),
            (Stage.Handling, 126), (Stage.Suspended, 127), (Stage.Handling, 137), (Stage.Handled, 140));

        var figures = Facts.Figures(fact);

        Assert.Equal(Hours(1, 6, 6), figures[KpiTime.Handling]);
        Assert.Equal(Hours(2, 10, 20), figures[KpiTime.Suspended]);
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)] // left at the period's first instant
    [InlineData(199.999, 1)]
    [InlineData(200, 0)]
    public void Times_OfAStay_CountInThePeriodInWhichItEnded(double left, int count)
    {
        var fact = Facts.Open(50, null, Stage.Accepted).Through((Stage.Reported, 50), (Stage.Accepted, left));

        Assert.Equal(count, Facts.Figures(fact)[KpiTime.Reported].Count);
    }

    [Fact]
    public void Times_OfAStayThatLasts_CountNowhere() =>
        Assert.Equal(0, Facts.Figures(Facts.Open(110).Through((Stage.Reported, 110)))[KpiTime.Reported].Count);

    [Fact]
    public void Times_OfAPathThatIsFull_LeaveOutItsFirstStayWhichMayBeManyStays()
    {
        var full = Facts.Open(10) with { Path = Facts.FullPath(10) };

        // 64 entries, 63 stays, of which the first is not known and those in reported come first: 31 of 32 are left
        Assert.Equal(31, Facts.Figures(full)[KpiTime.Reported].Count);
        Assert.Equal(3600, Facts.Figures(full)[KpiTime.Reported].P90Seconds);
    }

    [Fact]
    public void Times_AfterAClockWasSetBack_AreNeverNegative()
    {
        var fact = Facts.Ended(120, 119).Through((Stage.Reported, 120), (Stage.Closed, 119));

        Assert.Equal(new TimeFigure(1, 0, 0), Facts.Figures(fact)[KpiTime.Reported]);
        Assert.Equal(new TimeFigure(1, 0, 0), Facts.Figures(fact)[KpiTime.Whole]);
    }

    [Theory]
    [InlineData(new[] { 7 }, 7, 7)]
    [InlineData(new[] { 1, 2 }, 1, 2)] // ⌈0.5 × 2⌉ = 1, ⌈0.9 × 2⌉ = 2
    [InlineData(new[] { 3, 1, 2 }, 2, 3)] // ⌈1.5⌉ = 2, ⌈2.7⌉ = 3
    [InlineData(new[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 5, 9)] // exactly 5 and 9
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 6, 10)] // ⌈5.5⌉, ⌈9.9⌉
    [InlineData(new[] { 5, 5, 5, 5, 900 }, 5, 900)] // ⌈4.5⌉ = 5
    public void TimeFigure_OfDurations_IsByTheNearestRank(int[] seconds, int median, int p90) =>
        Assert.Equal(new TimeFigure(seconds.Length, median, p90), TimeFigure.Of(seconds));

    [Fact]
    public void TimeFigure_OfRandomDurations_IsTheSmallestThatSoManyDoNotExceed()
    {
        var random = new Random(5);
        for (var n = 1; n <= 300; n++)
        {
            var seconds = Enumerable.Range(0, n).Select(_ => random.Next(50)).ToArray();

            var figure = TimeFigure.Of([.. seconds]);

            Assert.Equal(Smallest(50), figure.MedianSeconds);
            Assert.Equal(Smallest(90), figure.P90Seconds);

            int Smallest(int percent) => seconds.Order().First(s => seconds.Count(t => t <= s) * 100 >= percent * n);
        }
    }

    private static TimeFigure Hours(int count, double median, double p90) => new(count, (int)(median * 3600), (int)(p90 * 3600));
}
