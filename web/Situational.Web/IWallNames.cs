using System.Text.Json;

namespace Situational.Web;

/// <summary>What the city calls the codes on the feed. The host implements it.</summary>
public interface IWallNames
{
    /// <summary>The names in a language.</summary>
    /// <param name="language">BCP 47 tag of the page, <c>zh-CN</c> or <c>en</c>.</param>
    WallNames In(string language);
}

/// <summary>Names by code.</summary>
/// <param name="Categories">Categories of cases, in any order.</param>
/// <param name="Whistles">Kinds of whistle, the most urgent first.</param>
public sealed record WallNames(IReadOnlyList<WallName> Categories, IReadOnlyList<WallName> Whistles)
{
    /// <summary>As the scripts read them: <c>{"categories":[[code,name],…],"whistles":[…]}</c>.</summary>
    internal string ToJson() => JsonSerializer.Serialize(new { categories = Pairs(Categories), whistles = Pairs(Whistles) });

    private static IEnumerable<string[]> Pairs(IReadOnlyList<WallName> names) => names.Select(name => new[] { name.Code, name.Name });
}

/// <summary>A code and its name.</summary>
public sealed record WallName(string Code, string Name);
