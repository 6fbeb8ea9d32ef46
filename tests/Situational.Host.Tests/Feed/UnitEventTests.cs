using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Host.Feed;
using Situational.Host.Tests.Feed.Support;

namespace Situational.Host.Tests.Feed;

/// <summary>What the live view makes of units that call for help.</summary>
public sealed class UnitEventTests
{
    private const long Called = FakeCity.StartMs + 30_000;

    private readonly FakeCity _city = new(side: 2);
    private readonly CityPicture _picture;
    private long _nowMs = FakeCity.StartMs + 1_000_000;

    public UnitEventTests()
    {
        _picture = new CityPicture(_city.Territory);
        Merge([.. _city.SayAll()]);
        _picture.Settle();
    }

    [Fact]
    public void Unit_ThatCallsForHelp_IsOneEventUntilSomeoneAnswers()
    {
        Merge(_city.Move("u", 31.001, 121.001));
        Merge(_city.Move("u", 31.001, 121.002, sosAtMs: Called));
        // Into another grid, silent, and said again: it is the same call.
        Merge(_city.Move("u", 31.001, 121.012, sosAtMs: Called));
        Merge(_city.Move("u", 31.001, 121.012, UnitState.Gone, sosAtMs: Called));
        Merge([.. _city.SayAll()]);

        Assert.Equal([(Called, EventKind.Sos)], Calls());
        Assert.Equal(Called, _picture.Units["u"].Row.SosAtMs);

        Merge(_city.Move("u", 31.001, 121.012));
        Assert.Equal([(Called, EventKind.Sos), (_nowMs, EventKind.SosAnswered)], Calls());
        Merge(_city.Move("u", 31.001, 121.012));
        Assert.Equal(2, Calls().Count);
    }

    [Fact]
    public void Unit_ThatCallsForHelpAgain_IsAnotherEvent()
    {
        Merge(_city.Move("u", 31.001, 121.001, sosAtMs: Called));
        Merge(_city.Move("u", 31.001, 121.001));
        Merge(_city.Move("u", 31.001, 121.001, sosAtMs: Called + 60_000));

        Assert.Equal([EventKind.Sos, EventKind.SosAnswered, EventKind.Sos], _picture.NewEvents.Where(e => e.Subject == "u").Select(e => e.Kind));
    }

    [Fact]
    public void Unit_OfACallThatANewNodeHears_IsAnEventOfTheTimeOfTheCall()
    {
        Merge(_city.Move("u", 31.001, 121.001, sosAtMs: Called));
        var other = new CityPicture(_city.Territory);
        foreach (var change in _city.SayAll())
            other.Merge(change, 0, _nowMs + 3_600_000);

        Assert.Contains(other.Events.All, e => e is { Kind: EventKind.Sos, Subject: "u", AtMs: Called });
    }

    private List<(long, string)> Calls() =>
        [.. _picture.Events.All.Where(e => e.Kind is EventKind.Sos or EventKind.SosAnswered).Select(e => (e.AtMs, e.Kind))];

    private void Merge(List<GridChange> changes)
    {
        foreach (var change in changes)
            Assert.NotEqual(MergeOutcome.Gap, _picture.Merge(change, 0, ++_nowMs));
    }
}
