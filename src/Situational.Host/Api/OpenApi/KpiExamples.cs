using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>Answers of the figures as the OpenAPI document shows them.</summary>
internal static class KpiExamples
{
    private static readonly DateTimeOffset From = new(2026, 10, 23, 8, 0, 0, TimeSpan.Zero), To = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Of one area.</summary>
    public static KpiAnswer Figures { get; } = new(
        "440311", "马田街道", From, To, To, 412, 9, 0,
        [
            new("closing-rate", 318, 327, 0.972477, 0.948528, 0.985454),
            new("on-time-closing-rate", 301, 327, 0.920489, 0.886049, 0.945164),
            new("whistle-unsolved-rate", 0, 0, null, null, null),
        ],
        [new("time-handling", 344, 5_412, 38_110), new("time-returned", 0, null, null)]);

    /// <summary>Of the areas right under one.</summary>
    public static KpiRankingAnswer Ranking { get; } = new(
        "440311", "马田街道", "on-time-closing-rate", "high", From, To, To, 30,
        [
            new(1, "440311001002", "合水口", 96, 101, 0.950495, 0.889306, 0.978671),
            new(2, "440311001001", "薯田埔", 40, 41, 0.975610, 0.874049, 0.995681),
        ],
        [new(null, "440311001003", "将石", 4, 4, 1, 0.510109, 1)]);
}
