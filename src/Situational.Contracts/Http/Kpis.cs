namespace Situational.Contracts.Http;

/// <summary>Answer of <c>GET /api/v1/kpi</c>. docs/kpi.md says by key what each figure counts.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Name">Its name in the territory in force; absent when only an earlier version has it.</param>
/// <param name="From">Begin of the period, included.</param>
/// <param name="To">End of the period, not included; nothing after <paramref name="AsOf"/> counts.</param>
/// <param name="AsOf">When the figures were worked out; at most about half a minute ago.</param>
/// <param name="Cases">Cases of the area that were open at some time in the period, without the rejected and the merged.</param>
/// <param name="Excluded">Cases left out of every figure because they stand rejected or merged.</param>
/// <param name="Unplaced">Cases of the whole city whose version of the territory is not kept any more, so that no area can claim them.</param>
/// <param name="Rates">The rates, in the order of docs/kpi.md.</param>
/// <param name="Times">The times, in the order of docs/kpi.md.</param>
public sealed record KpiAnswer(
    string Area, string? Name, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, int Cases, int Excluded, int Unplaced,
    IReadOnlyList<KpiRateAnswer> Rates, IReadOnlyList<KpiTimeAnswer> Times);

/// <summary>A rate.</summary>
/// <param name="Key">Its key in docs/kpi.md, such as <c>closing-rate</c> or <c>on-the-spot-rate</c>.</param>
/// <param name="Numerator">How many of the denominator it counts.</param>
/// <param name="Denominator">How many it could count.</param>
/// <param name="Value">Numerator divided by denominator, 0 to 1; absent when the denominator is 0.</param>
/// <param name="Low">Lower bound of the 95 % Wilson interval, 0 to 1; absent when the denominator is 0.</param>
/// <param name="High">Upper bound of the 95 % Wilson interval, 0 to 1; absent when the denominator is 0.</param>
public sealed record KpiRateAnswer(string Key, int Numerator, int Denominator, double? Value, double? Low, double? High);

/// <summary>How long a stage took.</summary>
/// <param name="Key">Its key in docs/kpi.md, such as <c>time-handling</c>.</param>
/// <param name="Count">How many times it was measured.</param>
/// <param name="MedianSeconds">The median, in whole seconds, by the nearest rank; absent when nothing was measured.</param>
/// <param name="P90Seconds">The 90th percentile, in whole seconds, by the nearest rank; absent when nothing was measured.</param>
public sealed record KpiTimeAnswer(string Key, int Count, int? MedianSeconds, int? P90Seconds);

/// <summary>Answer of <c>GET /api/v1/kpi/ranking</c>: the areas right under one, by a rate.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="Name">Its name in the territory in force; absent when only an earlier version has it.</param>
/// <param name="Kpi">Key of the rate.</param>
/// <param name="Better"><c>high</c> or <c>low</c>: which values of the rate are good.</param>
/// <param name="From">Begin of the period, included.</param>
/// <param name="To">End of the period, not included; nothing after <paramref name="AsOf"/> counts.</param>
/// <param name="AsOf">When the figures were worked out; at most about half a minute ago.</param>
/// <param name="MinimumSample">Smallest denominator with which an area is ranked.</param>
/// <param name="Ranked">Best first: by the bound of the interval that speaks least for the area.</param>
/// <param name="TooFew">The others, by code: their denominators are too small to compare.</param>
public sealed record KpiRankingAnswer(
    string Area, string? Name, string Kpi, string Better, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, int MinimumSample,
    IReadOnlyList<KpiPlaceAnswer> Ranked, IReadOnlyList<KpiPlaceAnswer> TooFew);

/// <summary>An area in a ranking.</summary>
/// <param name="Place">From 1; areas that cannot be told apart share a place. Absent among the too few.</param>
/// <param name="Area">Code of the area.</param>
/// <param name="Name">Its name in the territory in force; absent when only an earlier version has it.</param>
/// <param name="Numerator">How many of the denominator the rate counts.</param>
/// <param name="Denominator">How many it could count.</param>
/// <param name="Value">Numerator divided by denominator, 0 to 1; absent when the denominator is 0.</param>
/// <param name="Low">Lower bound of the 95 % Wilson interval; absent when the denominator is 0.</param>
/// <param name="High">Upper bound of the 95 % Wilson interval; absent when the denominator is 0.</param>
public sealed record KpiPlaceAnswer(
    int? Place, string Area, string? Name, int Numerator, int Denominator, double? Value, double? Low, double? High);
