namespace Situational.Domain.Deadlines;

/// <summary>How much of a limit is used up, in the steps that mean something. The numbers stand in the journal.</summary>
public enum DeadlineLevel
{
    /// <summary>Less than 80 %.</summary>
    None = 0,

    /// <summary>80 % or more.</summary>
    Approaching = 1,

    /// <summary>100 % or more.</summary>
    Overdue = 2,

    /// <summary>200 % or more.</summary>
    OverdueTwice = 3,
}
