using System.Collections.Immutable;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>A row of the loop's table: a step, from which stages, by whom, what it needs, and what it does to the clocks.</summary>
/// <param name="Step">The step.</param>
/// <param name="From">The stages that allow it.</param>
/// <param name="To">The stage it leads to; null when the case stays in its stage, or goes back to the one that a suspension interrupted.</param>
/// <param name="Roles">Who may.</param>
public sealed record CaseTransition(CaseStep Step, ImmutableArray<Stage> From, Stage? To, ImmutableArray<Role> Roles)
{
    /// <summary>What it needs.</summary>
    public ImmutableArray<StepField> Needs { get; init; } = [];

    /// <summary>What it takes besides.</summary>
    public ImmutableArray<StepField> Takes { get; init; } = [];

    /// <summary>The clocks that start with it, anew, where the category has a limit.</summary>
    public ImmutableArray<ClockKind> Starts { get; init; } = [];

    /// <summary>The clocks that end with it.</summary>
    public ImmutableArray<ClockKind> Ends { get; init; } = [];

    /// <summary>What it does to all clocks of the case.</summary>
    public ClockEffect AllClocks { get; init; }

    /// <summary>What must hold besides the stage.</summary>
    public CaseCondition Only { get; init; }
}

/// <summary>What a step does to all clocks of a case.</summary>
public enum ClockEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They stop; what was used stays used.</summary>
    Stop,

    /// <summary>They go on for what is left.</summary>
    Resume,

    /// <summary>They end.</summary>
    End,
}

/// <summary>What must hold of a case besides its stage.</summary>
public enum CaseCondition
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It was fixed on the spot, is neither marked nor drawn for a re-check, and its first result is the one handed in.</summary>
    PlainSpot,

    /// <summary>It ended no longer ago than cases can be reopened.</summary>
    EndedLately,

    /// <summary>Who acts is not who handed in the result, unless a supervisor.</summary>
    NotOwnResult,

    /// <summary>There is a level above the one that deals with it.</summary>
    BelowTop,

    /// <summary>A duplicate is proposed.</summary>
    Proposed,

    /// <summary>A department that was called has not ended its muster; a department answers for itself only.</summary>
    Called,

    /// <summary>It has fewer whistles than it may have.</summary>
    WhistlesLeft,

    /// <summary>It has fewer ratings than it may have.</summary>
    RatingsLeft,

    /// <summary>It is not given to another department than the one that acts.</summary>
    OwnDepartment,
}
