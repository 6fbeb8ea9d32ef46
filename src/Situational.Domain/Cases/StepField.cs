namespace Situational.Domain.Cases;

/// <summary>Something that a step needs or takes.</summary>
public enum StepField
{
    /// <summary>What is said.</summary>
    Note,

    /// <summary>Why.</summary>
    Reason,

    /// <summary>To whom.</summary>
    Assignee,

    /// <summary>Photos of the result.</summary>
    Photos,

    /// <summary>When a suspension ends.</summary>
    Until,

    /// <summary>Another severity.</summary>
    Severity,

    /// <summary>Kind of a rating.</summary>
    RatingKind,

    /// <summary>Score of a rating.</summary>
    Score,

    /// <summary>The case that goes on after a merge.</summary>
    Into,

    /// <summary>The proposed duplicate that is none.</summary>
    Apart,

    /// <summary>The unit that acts.</summary>
    Unit,

    /// <summary>Kind of a whistle.</summary>
    WhistleKind,

    /// <summary>Departments called.</summary>
    Departments,

    /// <summary>Number of a whistle, the department that answers it, and the state that it says it has reached.</summary>
    Muster,
}
