using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>What a grid answers to a command: what then happens, or why nothing does.</summary>
public abstract record Decision
{
    /// <summary>It is to happen.</summary>
    /// <param name="Event">To be journaled before anyone is told.</param>
    /// <param name="Case">The case as it stands after the event.</param>
    /// <param name="After">The grid as it stands after the event.</param>
    public sealed record Accepted(GridEvent Event, Case Case, GridState After) : Decision;

    /// <summary>The grid holds as many open cases as it may.</summary>
    /// <param name="MaxOpenCases">The bound.</param>
    public sealed record GridFull(int MaxOpenCases) : Decision;

    /// <summary>The grid has no open case of that id.</summary>
    public sealed record UnknownCase : Decision;

    /// <summary>The case's stage does not allow the step.</summary>
    /// <param name="Case">The case as it stands.</param>
    /// <param name="Allowed">What its stage would have allowed.</param>
    public sealed record NotAllowed(Case Case, ImmutableArray<CaseStep> Allowed) : Decision;
}
