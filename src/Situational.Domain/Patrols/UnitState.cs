namespace Situational.Domain.Patrols;

/// <summary>State of a unit (巡防单元) by the age of its newest fix; the numbers stand on the feed.</summary>
public enum UnitState
{
    /// <summary>在线: at most 30 s old by default.</summary>
    Live = 0,

    /// <summary>延迟: at most 2 min.</summary>
    Late = 1,

    /// <summary>滞后: at most 10 min; greyed.</summary>
    Stale = 2,

    /// <summary>失联: older; off the map, listed as silent.</summary>
    Gone = 3,
}
