namespace Situational.Domain.Kpis;

/// <summary>
/// The times, in the order of docs/kpi.md. Time on the wall clock, nights and holidays included, in whole seconds. A stay counts in the period
/// in which it ended; one that a suspension interrupted counts once, without the suspension.
/// </summary>
public enum KpiTime
{
    /// <summary>上报: until it was accepted.</summary>
    Reported = 0,

    /// <summary>立案: until it was dispatched.</summary>
    Accepted = 1,

    /// <summary>派遣: until handling began.</summary>
    Dispatched = 2,

    /// <summary>处置: until the result was handed in.</summary>
    Handling = 3,

    /// <summary>反馈: until the result was verified or sent to be reworked.</summary>
    Handled = 4,

    /// <summary>核查: until it was closed.</summary>
    Verified = 5,

    /// <summary>回退: until it was dispatched again.</summary>
    Returned = 6,

    /// <summary>返工: until handling began again.</summary>
    Rework = 7,

    /// <summary>缓办: until it was resumed.</summary>
    Suspended = 8,

    /// <summary>全程: from the first report to the closing that holds, suspensions included.</summary>
    Whole = 9,
}
