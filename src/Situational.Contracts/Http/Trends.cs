namespace Situational.Contracts.Http;

/// <summary>Answer of <c>GET /api/v1/trend</c>: what came and what was done in the last 24 hours.</summary>
/// <param name="Area">Code of the area.</param>
/// <param name="From">Begin of the first hour, a full hour in UTC.</param>
/// <param name="AsOf">When it was counted; at most about a minute ago. The last hour is the running one.</param>
/// <param name="Reported">Cases reported in each of the 24 hours, oldest first.</param>
/// <param name="Closed">Cases closed in each of the 24 hours, oldest first; rejected and merged ones are not among them.</param>
public sealed record TrendAnswer(string Area, DateTimeOffset From, DateTimeOffset AsOf, IReadOnlyList<int> Reported, IReadOnlyList<int> Closed);
