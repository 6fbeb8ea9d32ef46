using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>What someone wants done in a grid. Lengths and characters were checked at the door; what the loop allows is decided here.</summary>
public abstract record GridCommand
{
    /// <summary>Open a case for a report, or let it join an open one.</summary>
    /// <param name="Report">The report.</param>
    /// <param name="TerritoryVersion">Version of the territory in force.</param>
    /// <param name="By">Who reports.</param>
    /// <param name="Spot">Set when it was fixed on the spot; its <c>Recheck</c> and <c>Verified</c> are decided, not given.</param>
    /// <param name="Near">The newest fix of the unit that fixed it, if one is known.</param>
    public sealed record Open(Report Report, int TerritoryVersion, Actor By, OnTheSpot? Spot = null, UnitFix? Near = null) : GridCommand
    {
        /// <summary>Open cases of the same category beyond the grid's border, near enough to be asked about; at most 64.</summary>
        public ImmutableArray<NearCase> Beyond { get; init => field = value.IsDefault ? [] : value; } = [];
    }

    /// <summary>Take a step with a case.</summary>
    /// <param name="CaseId">The case's id.</param>
    /// <param name="What">The step.</param>
    /// <param name="By">Who takes it.</param>
    public sealed record Step(string CaseId, CaseStep What, Actor By) : GridCommand
    {
        /// <summary>The revision that the caller saw; another one refuses the step. Null: whatever it is.</summary>
        public long? IfRevision { get; init; }

        /// <summary>The case, if it ended: from the journal, since a grid's state holds open cases only.</summary>
        public Case? Ended { get; init; }

        /// <summary>Since when the grid has been looking at its clocks; deadlines that fell before, and are noticed with the step, are noted as late.</summary>
        public DateTimeOffset Awake { get; init; }

        /// <summary>What is said, at most 4,000 characters.</summary>
        public string? Note { get; init; }

        /// <summary>Why, at most 4,000 characters.</summary>
        public string? Reason { get; init; }

        /// <summary>To whom, for a dispatch.</summary>
        public Assignee? Assignee { get; init; }

        /// <summary>Photos of the result, at most 9.</summary>
        public ImmutableArray<string> Photos { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>When a suspension ends.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>Another severity, at acceptance.</summary>
        public Severity? Severity { get; init; }

        /// <summary>Code of the rating's kind.</summary>
        public string? RatingKind { get; init; }

        /// <summary>The rating, 1 to 5.</summary>
        public int? Score { get; init; }

        /// <summary>Id of the other case, for a merge and for <see cref="CaseStep.KeepApart"/>.</summary>
        public string? Other { get; init; }

        /// <summary>For a merge: the other case when it lies in another grid; null when it lies here or is unknown.</summary>
        public Case? OtherElsewhere { get; init; }

        /// <summary>The newest fix of the unit that acts, if one is known.</summary>
        public UnitFix? Near { get; init; }

        /// <summary>Code of the whistle's kind.</summary>
        public string? WhistleKind { get; init; }

        /// <summary>Codes of the departments called, 1 to 16.</summary>
        public ImmutableArray<string> Departments { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>Number of the whistle, for a muster.</summary>
        public int? Whistle { get; init; }

        /// <summary>Code of the department that answers, for a muster.</summary>
        public string? Department { get; init; }

        /// <summary>The state that it says it has reached, for a muster.</summary>
        public MusterState? Muster { get; init; }

        /// <summary>Code of the department that it proposes instead of itself, for a refusal.</summary>
        public string? CounterProposal { get; init; }
    }

    /// <summary>Let time do what fell due: deadlines, and suspensions that end.</summary>
    /// <param name="Awake">Since when the grid has been looking at its clocks; what fell before is noted as late.</param>
    public sealed record Tick(DateTimeOffset Awake) : GridCommand;

    /// <summary>Give cases to the grids that contain them under a new territory.</summary>
    /// <param name="TerritoryVersion">The new version.</param>
    /// <param name="Owners">Code of the grid that now contains it, by case id; at most 500 at a time.</param>
    public sealed record Depart(int TerritoryVersion, ImmutableArray<(string CaseId, string Grid)> Owners) : GridCommand;

    /// <summary>Take what another grid hands over.</summary>
    public sealed record Arrive(string FromGrid, Handover Handover) : GridCommand;

    /// <summary>The other grid has taken, or refused, what was handed over to it.</summary>
    public sealed record EndHandover(string CaseId, bool Taken) : GridCommand;
}
