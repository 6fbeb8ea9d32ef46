using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>What a grid answers to a command: what then happens, or why nothing does.</summary>
public abstract record Decision
{
    /// <summary>It is to happen.</summary>
    /// <param name="Events">To be journaled, all or none, before anyone is told; at least one.</param>
    /// <param name="Case">The case that the command was about, as it stands after the events; for a report that joined, the case it joined.</param>
    /// <param name="Changed">Every case that the events changed, as it then stands: the rows of the search.</param>
    /// <param name="After">The grid as it stands after the events.</param>
    public sealed record Accepted(ImmutableArray<GridEvent> Events, Case? Case, ImmutableArray<Case> Changed, GridState After) : Decision
    {
        /// <summary>Ids of cases whose row this grid gives up, with the grid that has it now.</summary>
        public ImmutableArray<(string CaseId, string Grid)> Gone { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>Whether more is due at the same time than one append takes: tick again at once.</summary>
        public bool More { get; init; }
    }

    /// <summary>Nothing has to happen: it has happened before, or nothing is due.</summary>
    public sealed record Nothing : Decision;

    /// <summary>The grid holds as many open cases as it may.</summary>
    /// <param name="MaxOpenCases">The bound.</param>
    public sealed record GridFull(int MaxOpenCases) : Decision;

    /// <summary>The grid has no case of that id.</summary>
    public sealed record UnknownCase : Decision;

    /// <summary>The case is on its way to another grid.</summary>
    /// <param name="Grid">Code of that grid.</param>
    public sealed record Elsewhere(string Grid) : Decision;

    /// <summary>The case changed since the caller saw it.</summary>
    /// <param name="Case">The case as it stands.</param>
    public sealed record Stale(Case Case) : Decision;

    /// <summary>The case's stage, or the actor's role, does not allow the step.</summary>
    /// <param name="Case">The case as it stands.</param>
    /// <param name="Reason">Why not, in English, for the problem's detail.</param>
    /// <param name="Allowed">What this actor could do with it now.</param>
    public sealed record NotAllowed(Case Case, string Reason, ImmutableArray<CaseStep> Allowed) : Decision;

    /// <summary>The step is possible, but something it needs is missing or wrong.</summary>
    /// <param name="Case">The case as it stands; null for a report.</param>
    /// <param name="Field">Name of the field on the API, such as <c>reason</c> or <c>departments[1]</c>.</param>
    /// <param name="Fault">What is wrong with it and what the limit is, in English.</param>
    public sealed record Faulty(Case? Case, string Field, string Fault) : Decision;
}
