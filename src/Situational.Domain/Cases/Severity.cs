namespace Situational.Domain.Cases;

/// <summary>Severity (等级), most to least severe; the numbers stand on the feed.</summary>
public enum Severity
{
    /// <summary>红 I.</summary>
    Red = 1,

    /// <summary>橙 II.</summary>
    Orange = 2,

    /// <summary>黄 III.</summary>
    Yellow = 3,

    /// <summary>蓝 IV.</summary>
    Blue = 4,
}
