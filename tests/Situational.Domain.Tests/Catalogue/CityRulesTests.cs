using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Tests.Catalogue;

public sealed class CityRulesTests
{
    private static readonly CityRules Rules = CityRules.Default;

    [Fact]
    public void Default_Shipped_HasWhatTheDocumentationPromises()
    {
        Assert.InRange(Rules.Categories.Count, 60, 90);
        Assert.InRange(Rules.Departments.Count, 12, 20);
        Assert.Equal(["management", "key-work", "emergency"], Rules.WhistleKinds.Keys);
        Assert.Equal(["reporter", "community", "department", "supervisor"], Rules.RatingKinds.Keys);
        Assert.Equal("Asia/Shanghai", Rules.Calendar.Zone.Id);
        Assert.All(Rules.Categories.Values, category => Assert.True(category.Ours));
    }

    // Numbers that published practice names.
    [Theory]
    [InlineData("exposed-rubbish", "4 working-hours")]
    [InlineData("dirty-road", "2 working-hours")]
    [InlineData("withered-greenery", "5 working-days")]
    [InlineData("illegal-building", "28 working-days")]
    public void Default_Handling_IsLimitedAsPublished(string code, string limit) =>
        Assert.Equal(limit, Rules.Categories[code].LimitOf(ClockKind.Handle).ToString());

    [Fact]
    public void Default_EveryCategory_CanBeClosedInTimeAfterEveryStageTookItsLimit()
    {
        // On a plain Monday morning, so that hours, days and minutes compare.
        var monday = new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.Zero);
        Assert.All(Rules.Categories.Values, category =>
        {
            var at = monday;
            foreach (var stage in new[] { ClockKind.Accept, ClockKind.Dispatch, ClockKind.Handle, ClockKind.Verify })
                at = Deadline.From(at, category.LimitOf(stage)!.Value, Rules.Calendar);
            var close = Deadline.From(monday, category.LimitOf(ClockKind.Close)!.Value, Rules.Calendar);
            Assert.True(at <= close, $"{category.Code}: stages end {at:u}, the case {close:u}");
            Assert.True(monday + category.FastestHandling < Deadline.From(monday, category.LimitOf(ClockKind.Handle)!.Value, Rules.Calendar));
        });
    }

    [Theory]
    [InlineData("fire", "fire")]
    [InlineData("gone-since", "other")]
    [InlineData("", "other")]
    public void CategoryOrOther_KnownOrNot_IsThatOneOrTheCatchAll(string asked, string answered) =>
        Assert.Equal(answered, Rules.CategoryOrOther(asked).Code);
}
