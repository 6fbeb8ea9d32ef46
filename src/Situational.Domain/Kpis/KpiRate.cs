namespace Situational.Domain.Kpis;

/// <summary>
/// The rates, in the order of docs/kpi.md, which gives the formulas in full. Cases that stand rejected or merged are in none of them.
/// "In the period" means at or after its begin and before its end.
/// </summary>
public enum KpiRate
{
    /// <summary>
    /// 结案率: of the cases that were due in the period, those closed before its end. A case is due once: when it is closed in time, or
    /// else when its whole limit ends. Suspended cases and cases without a limit are not due.
    /// </summary>
    Closing = 0,

    /// <summary>按期结案率: of the cases that were due in the period, those closed before their whole limit ended.</summary>
    OnTimeClosing = 1,

    /// <summary>返工率: of the cases closed in the period with a result, handed in or fixed on the spot, those that were reworked at least once.</summary>
    Rework = 2,

    /// <summary>缓办率: of the cases in hand at some time in the period, those that stood suspended at some time in it.</summary>
    Suspension = 3,

    /// <summary>即查即办率: of the cases reported in the period, those fixed on the spot whose fix was verified and passed.</summary>
    OnTheSpot = 4,

    /// <summary>即查即办核查合格率: of the cases reported in the period and fixed on the spot whose fix somebody verified, those that passed.</summary>
    OnTheSpotPass = 5,

    /// <summary>吹错哨率: of the departments called in the period that answered, those that refused because they were not responsible.</summary>
    WhistleMisaddressed = 6,

    /// <summary>无应答率: of the departments called in the period that answered or let their time run out, those that let it run out first.</summary>
    WhistleUnanswered = 7,

    /// <summary>未解决率: of the departments called in the period whose part is settled, those that knew but did not report done in time.</summary>
    WhistleUnsolved = 8,
}
