using System.Collections.Immutable;

namespace Situational.Domain.Kpis;

/// <summary>The keys by which the API, the pages and docs/kpi.md name the figures.</summary>
public static class KpiKeys
{
    /// <summary>Keys of the rates: the place of each is its <see cref="KpiRate"/>.</summary>
    public static readonly ImmutableArray<string> Rates =
    [
        "closing-rate", "on-time-closing-rate", "rework-rate", "suspension-rate", "on-the-spot-rate", "on-the-spot-pass-rate",
        "whistle-misaddressed-rate", "whistle-unanswered-rate", "whistle-unsolved-rate",
    ];

    /// <summary>Keys of the times: the place of each is its <see cref="KpiTime"/>.</summary>
    public static readonly ImmutableArray<string> Times =
    [
        "time-reported", "time-accepted", "time-dispatched", "time-handling", "time-handled", "time-verified", "time-returned", "time-rework",
        "time-suspended", "time-whole",
    ];

    /// <summary>The rate's key.</summary>
    public static string Of(KpiRate rate) => Rates[(int)rate];

    /// <summary>The time's key.</summary>
    public static string Of(KpiTime time) => Times[(int)time];

    /// <summary>The rate of that key.</summary>
    public static bool TryParse(string? key, out KpiRate rate)
    {
        var index = key is null ? -1 : Rates.IndexOf(key);
        rate = (KpiRate)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether high values of the rate are good.</summary>
    public static bool HighIsGood(KpiRate rate) => rate is KpiRate.Closing or KpiRate.OnTimeClosing or KpiRate.OnTheSpot or KpiRate.OnTheSpotPass;
}
