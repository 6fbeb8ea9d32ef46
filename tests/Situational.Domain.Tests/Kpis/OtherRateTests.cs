using Situational.Domain.Cases;
using Situational.Domain.Kpis;

namespace Situational.Domain.Tests.Kpis;

public sealed class OtherRateTests
{
    [Theory]
    // closed at, results, reworks: numerator, denominator
    [InlineData(150, 1, 0, 0, 1)]
    [InlineData(150, 2, 1, 1, 1)]
    [InlineData(150, 4, 3, 1, 1)] // reworked three times: one case
    [InlineData(150, 0, 0, 0, 0)] // closed without a result
    [InlineData(100, 2, 1, 1, 1)] // closed at the period's first instant
    [InlineData(99, 2, 1, 0, 0)]
    [InlineData(200, 2, 1, 0, 0)]
    public void Rework_OfACaseClosedWithAResult_CountsTheCaseOnce(double closed, int handIns, int reworks, int numerator, int denominator)
    {
        var fact = Facts.Ended(10, closed) with { HandIns = handIns, Reworks = reworks };

        Assert.Equal(new Ratio(numerator, denominator), Facts.Figures(fact)[KpiRate.Rework]);
    }

    [Fact]
    public void Rework_OfASpotFixThatFailed_Counts()
    {
        var failed = Facts.Ended(110, 150) with { OnTheSpot = true, SpotVerified = false, Reworks = 1 };

        Assert.Equal(new Ratio(1, 2), Facts.Figures(failed, failed with { SpotVerified = true, Reworks = 0 })[KpiRate.Rework]);
    }

    [Theory]
    // suspended from, resumed at: numerator, denominator; accepted at 20
    [InlineData(110.0, 120.0, 1)]
    [InlineData(50.0, 150.0, 1)] // began before
    [InlineData(50.0, null, 1)] // still lasts
    [InlineData(50.0, 100.0, 0)] // over at the period's first instant
    [InlineData(199.0, null, 1)]
    [InlineData(200.0, null, 0)] // begins when the period is over
    public void Suspension_OfACaseInHand_CountsWhenItLastedInThePeriod(double suspended, double? resumed, int numerator)
    {
        var path = new List<(Stage, double)> { (Stage.Reported, 10), (Stage.Accepted, 20), (Stage.Suspended, suspended) };
        if (resumed is { } at)
            path.Add((Stage.Accepted, at));
        var fact = Facts.Open(10, null, path[^1].Item1).Through([.. path]);

        Assert.Equal(new Ratio(numerator, 1), Facts.Figures(fact)[KpiRate.Suspension]);
    }

    [Fact]
    public void Suspension_OfCasesThatWereNotInHand_CountsNowhere()
    {
        var reported = Facts.Open(10).Through((Stage.Reported, 10));
        var acceptedLater = Facts.Open(10, null, Stage.Accepted).Through((Stage.Reported, 10), (Stage.Accepted, 200));
        var handledBefore = Facts.Ended(10, 150).Through(
            (Stage.Reported, 10), (Stage.Accepted, 20), (Stage.Dispatched, 30), (Stage.Handling, 40), (Stage.Handled, 100), (Stage.Closed, 150));
        var onTheSpot = Facts.Ended(110, 150).Through((Stage.Handled, 110), (Stage.Closed, 150));

        Assert.Equal(default, Facts.Figures(reported, acceptedLater, handledBefore, onTheSpot)[KpiRate.Suspension]);
    }

    [Fact]
    public void OnTheSpot_CountsOnlyWhatWasVerifiedAndPassed()
    {
        var spot = Facts.Ended(120, 130) with { OnTheSpot = true };

        var figures = Facts.Figures(
            spot with { SpotVerified = true }, spot with { SpotVerified = false }, spot with { SpotVerified = null }, Facts.Open(110));

        Assert.Equal(new Ratio(1, 4), figures[KpiRate.OnTheSpot]);
        Assert.Equal(new Ratio(1, 2), figures[KpiRate.OnTheSpotPass]);
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(199, 1)]
    public void OnTheSpot_CountsInThePeriodOfTheReport(double reported, int denominator)
    {
        var fact = Facts.Ended(reported, 199.5) with { OnTheSpot = true, SpotVerified = true };

        Assert.Equal(new Ratio(denominator, denominator), Facts.Figures(fact)[KpiRate.OnTheSpot]);
    }

    [Fact]
    public void Whistle_OfDepartmentsInEveryState_IsThatWorkedByHand()
    {
        var fact = Facts.Open(10).Musters(
            Facts.Muster(MusterState.Notified, 190), // has time
            Facts.Muster(MusterState.Notified, 110, unanswered: true), // silent
            Facts.Muster(MusterState.Acknowledged, 120, 125, unanswered: true), // answered too late
            Facts.Muster(MusterState.EnRoute, 130, 131), // on its way in time
            Facts.Muster(MusterState.Arrived, 130, 131, unsolved: true), // there, but its time ran out
            Facts.Muster(MusterState.Refused, 140, 141), // not responsible
            Facts.Muster(MusterState.Done, 142, 143),
            Facts.Muster(MusterState.Done, 142, 143, unsolved: true), // done at last
            Facts.Muster(MusterState.Dismissed, 150), // before it had to answer
            Facts.Muster(MusterState.Dismissed, 150, 151, unsolved: true), // knew, and the case ended
            Facts.Muster(MusterState.Done, 99, 101), // called before the period
            Facts.Muster(MusterState.Refused, 200, 201)); // called after it

        var figures = Facts.Figures(fact);

        Assert.Equal(new Ratio(1, 7), figures[KpiRate.WhistleMisaddressed]);
        Assert.Equal(new Ratio(2, 8), figures[KpiRate.WhistleUnanswered]);
        Assert.Equal(new Ratio(3, 4), figures[KpiRate.WhistleUnsolved]);
    }
}
