namespace Situational.Domain.Risk;

/// <summary>What a part of a grid's risk comes from.</summary>
public enum RiskCause
{
    /// <summary>Nothing is open.</summary>
    NoOpenCases = 0,

    /// <summary>Open red cases.</summary>
    OpenRed = 1,

    /// <summary>Open orange cases.</summary>
    OpenOrange = 2,

    /// <summary>Open yellow cases.</summary>
    OpenYellow = 3,

    /// <summary>Open blue cases.</summary>
    OpenBlue = 4,

    /// <summary>Cases past a limit, but not past twice as much.</summary>
    Overdue = 5,

    /// <summary>Cases open for a day or more.</summary>
    Age = 6,

    /// <summary>Nothing was heard of the grid for longer than its limit; count is minutes. Adds no points.</summary>
    Silent = 7,

    /// <summary>The grid's history could not be read yet, so its cases are not known. Adds no points.</summary>
    NotLoaded = 8,

    /// <summary>Cases that have used 80 % of a limit.</summary>
    Approaching = 9,

    /// <summary>Cases past twice a limit.</summary>
    OverdueTwice = 10,

    /// <summary>
    /// The store came back with less than it had promised to keep: what was acknowledged just before may be missing; count is events. Adds no
    /// points.
    /// </summary>
    HistoryLost = 11,
}
