namespace Situational.Cli.Demo;

/// <summary>A kind of invented hazard.</summary>
/// <param name="Category">Category code.</param>
/// <param name="Severity">Usual severity.</param>
/// <param name="Weight">How often it comes, relative to the others.</param>
/// <param name="Texts">What people write.</param>
internal sealed record Hazard(string Category, string Severity, double Weight, string[] Texts)
{
    /// <summary>What happens on the demo street: most of it small, little of it grave.</summary>
    public static IReadOnlyList<Hazard> Catalogue { get; } =
    [
        new("exposed-rubbish", "blue", 18, ["路边暴露垃圾", "垃圾桶满溢，周边散落", "绿化带内有建筑垃圾"]),
        new("illegal-parking", "blue", 16, ["人行道违停小货车", "消防登高面停车", "公交站台旁违停"]),
        new("street-vending", "blue", 10, ["占道经营，影响通行", "流动摊贩聚集"]),
        new("illegal-advertising", "blue", 8, ["墙面小广告", "擅自悬挂横幅"]),
        new("e-bike-charging", "yellow", 12, ["楼道内电动车充电", "飞线充电"]),
        new("blocked-fire-lane", "yellow", 10, ["消防通道堆放杂物", "安全出口被锁闭"]),
        new("damaged-facility", "yellow", 8, ["井盖松动", "路灯不亮", "护栏缺损"]),
        new("exposed-cable", "orange", 5, ["架空线缆垂落", "配电箱门敞开"]),
        new("gas-smell", "orange", 3, ["餐饮店后厨疑似燃气异味"]),
        new("construction-risk", "orange", 4, ["脚手架无防护网", "夜间施工无警示灯"]),
        new("waterlogging", "orange", 3, ["低洼路段积水约 20 厘米"]),
        new("road-collapse", "red", 1.8, ["路面塌陷，已拉警戒线"]),
        new("fire", "red", 1.4, ["沿街商铺冒烟"]),
    ];
}
