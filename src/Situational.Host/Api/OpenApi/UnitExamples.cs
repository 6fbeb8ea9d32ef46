using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>Answers about units and squads as the OpenAPI document shows them.</summary>
internal static class UnitExamples
{
    private const string Grid = "110000001001001";

    private static readonly DateTimeOffset At = new(2026, 11, 23, 1, 5, 0, TimeSpan.Zero);

    /// <summary>A duty state.</summary>
    public static DutyAnswer Duty { get; } = new("w-017", true, At);

    /// <summary>An open call for help.</summary>
    public static SosAnswer Sos { get; } = new(At, 39.905, 116.405, "井下有人被困", null, null, null);

    /// <summary>One that someone answered.</summary>
    public static SosAnswer AnsweredSos { get; } = Sos with { AnsweredAt = At.AddSeconds(40), AnsweredBy = "w-li", Answer = "已联系，两分钟内到达" };

    /// <summary>Who is nearest.</summary>
    public static NearUnitAnswer[] Nearest { get; } = [new NearUnitAnswer(CityExamples.Units[0], 140, [Grid + "-7"])];

    /// <summary>Squads.</summary>
    public static SquadAnswer[] Squads { get; } = [new SquadAnswer("north", 24)];

    /// <summary>A squad.</summary>
    public static SquadMembersAnswer Squad { get; } = new(
        "north",
        [
            new SquadMemberAnswer("w-017", "北一", true, At.AddHours(-1), "live", At, 76, Grid, At.AddMinutes(-24), [Grid + "-7"], null),
            new SquadMemberAnswer("w-018", "北二", false, At.AddHours(-9), null, null, null, null, null, [], null),
        ]);

    /// <summary>A trail.</summary>
    public static TrailAnswer Trail { get; } = new(
        "w-017", At.AddHours(-4), At,
        [
            [At.AddMinutes(-2).ToUnixTimeMilliseconds(), 39_905_000, 116_405_000, 8, Grid, 0],
            [At.AddMinutes(-1).ToUnixTimeMilliseconds(), 39_905_310, 116_405_120, -1, Grid, 1],
        ]);
}
