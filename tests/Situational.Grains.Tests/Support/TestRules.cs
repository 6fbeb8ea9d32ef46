using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;

namespace Situational.Grains.Tests.Support;

/// <summary>Rules of cities for tests.</summary>
internal static class TestRules
{
    /// <summary>The category of a test's reports.</summary>
    public const string Category = "crates";

    /// <summary>The shipped rules with limits in minutes by the clock on the wall: 10 to accept, 10 to dispatch, 60 to handle, 20 to verify, 300 for all.</summary>
    public static CityRules Minutes { get; } = With(new Dictionary<ClockKind, Limit>
    {
        [ClockKind.Accept] = new(10, LimitUnit.Minutes),
        [ClockKind.Dispatch] = new(10, LimitUnit.Minutes),
        [ClockKind.Handle] = new(60, LimitUnit.Minutes),
        [ClockKind.Verify] = new(20, LimitUnit.Minutes),
        [ClockKind.Close] = new(300, LimitUnit.Minutes),
    });

    /// <summary>The shipped rules without any limits.</summary>
    public static CityRules Unlimited { get; } = With([]);

    private static CityRules With(Dictionary<ClockKind, Limit> limits)
    {
        var other = CityRules.Default.Categories[CityRules.CatchAll] with { Limits = limits, MergeMeters = 50, MergeWithin = TimeSpan.FromHours(2) };
        return CityRules.Default with
        {
            Categories = new Dictionary<string, Category> { [CityRules.CatchAll] = other, [Category] = other with { Code = Category, DefaultSeverity = Severity.Orange } },
        };
    }
}
