namespace Situational.Domain.Catalogue;

/// <summary>A name in the languages of the pages.</summary>
/// <param name="Zh">In zh-CN, 1 to 100 characters.</param>
/// <param name="En">In English, 1 to 100 characters.</param>
public sealed record LocalName(string Zh, string En);
