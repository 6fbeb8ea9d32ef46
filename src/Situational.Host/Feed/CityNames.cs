using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Web;

namespace Situational.Host.Feed;

/// <summary>The names that the city's catalogue gives to the codes on the feed.</summary>
internal sealed class CityNames(CityRules rules) : IWallNames
{
    private readonly WallNames _chinese = Read(rules, name => name.Zh);
    private readonly WallNames _english = Read(rules, name => name.En);

    /// <inheritdoc />
    public WallNames In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? _english : _chinese;

    private static WallNames Read(CityRules rules, Func<LocalName, string> pick) => new(
        [.. rules.Categories.Values.Select(category => new WallName(category.Code, pick(category.Name)))],
        [.. rules.WhistleKinds.Values.OrderBy(kind => RoughMinutes(kind.Acknowledge)).Select(kind => new WallName(kind.Code, pick(kind.Name)))]);

    // Enough to put kinds of whistle in order: the shorter the time to answer, the more urgent.
    private static long RoughMinutes(Limit limit) => limit.Amount * (limit.Unit switch
    {
        LimitUnit.Minutes => 1L,
        LimitUnit.WorkingHours => 60L,
        LimitUnit.WorkingDays => 8 * 60L,
        _ => 24 * 60L,
    });
}
