namespace Situational.Contracts.Http;

/// <summary>Answer of <c>GET /health</c>, always 200 while the process serves.</summary>
/// <param name="Status"><c>ok</c>, or <c>degraded</c> while there is trouble.</param>
/// <param name="Runtime"><c>embedded</c> or <c>orleans</c>.</param>
/// <param name="Territory">Version of the territory in force, 0 before the first.</param>
/// <param name="Trouble">Codes as in the feed's <c>trouble</c>.</param>
public sealed record HealthAnswer(string Status, string Runtime, int Territory, IReadOnlyList<string> Trouble);
