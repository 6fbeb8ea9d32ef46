using System.Collections.Immutable;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Cases;

/// <summary>What is done about one or more reports of the same hazard (案件); lives in the grid where it lies. Immutable.</summary>
/// <param name="Id">Code of the grid where it was opened, a hyphen and its number there, from 1. Stays when the case moves.</param>
/// <param name="Grid">Code of the grid where it lies now.</param>
/// <param name="TerritoryVersion">Version of the territory that <paramref name="Grid"/> belongs to.</param>
/// <param name="Report">The report that opened it.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="ReportedAt">When the grid decided to open it, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="StartedAt">When handling first began, UTC.</param>
/// <param name="ClosedAt">When it ended (closed, rejected or merged), UTC.</param>
/// <param name="Note">Note of the last step.</param>
public sealed record Case(
    string Id, string Grid, int TerritoryVersion, Report Report, Stage Stage, DateTimeOffset ReportedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt = null, DateTimeOffset? ClosedAt = null, string? Note = null)
{
    /// <summary>Most further reports that one case holds.</summary>
    public const int MaxJoined = 200;

    /// <summary>Most whistles of one case.</summary>
    public const int MaxWhistles = 20;

    /// <summary>Most entries of <see cref="Path"/>; when a case passes more stages the oldest but the first go.</summary>
    public const int MaxPath = 64;

    /// <summary>Most proposals of one case.</summary>
    public const int MaxProposals = 5;

    /// <summary>Most ratings of one case.</summary>
    public const int MaxRatings = 16;

    /// <summary>Most photos of a report, and of a result.</summary>
    public const int MaxPhotos = 9;

    /// <summary>Longest note, reason and description, UTF-16 code units.</summary>
    public const int MaxText = 4_000;

    /// <summary>
    /// Number of events that concerned it, from 1: its version for <c>If-Match</c>. What was written before it was kept tells it by its times:
    /// one event each for opening, starting and closing.
    /// </summary>
    public long Revision
    {
        get => field > 0 ? field : 1 + (StartedAt is null ? 0 : 1) + (ClosedAt is null ? 0 : 1);
        init;
    }

    /// <summary>Severity set at acceptance; null while the report's holds.</summary>
    public Severity? JudgedSeverity { get; init; }

    /// <summary>To whom it is given.</summary>
    public Assignee? Assignee { get; init; }

    /// <summary>The stage that a suspension interrupted.</summary>
    public Stage? SuspendedFrom { get; init; }

    /// <summary>When a suspension ends by itself, UTC.</summary>
    public DateTimeOffset? SuspendedUntil { get; init; }

    /// <summary>Its clocks that run or stand still; a clock whose stage is over is not among them.</summary>
    public ImmutableArray<Clock> Clocks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The stages it passed, oldest first, the present one last. What was written before it was kept tells it by its times.</summary>
    public ImmutableArray<StageEntry> Path
    {
        get => field.IsDefaultOrEmpty ? PathByTimes() : field;
        init;
    }

    /// <summary>Further reports of the same hazard; at most <see cref="MaxJoined"/>.</summary>
    public ImmutableArray<JoinedReport> Joined { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Ids of open cases that may be the same hazard: proposed to the officer for a merge; at most 5.</summary>
    public ImmutableArray<string> Proposals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Set when it was fixed on the spot.</summary>
    public OnTheSpot? Spot { get; init; }

    /// <summary>What is not plausible about it.</summary>
    public ImmutableArray<PlausibilityMark> Marks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Photos of the result.</summary>
    public ImmutableArray<string> ResultPhotos { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Who handed in the result that is looked at or was; null before the first, and again after a reopening.</summary>
    public Actor? HandedInBy { get; init; }

    /// <summary>How often a result was handed in; fixing it on the spot is one.</summary>
    public int HandIns { get; init; }

    /// <summary>Its ratings: one a kind and person, so that everyone whose report joined has a say; at most <see cref="MaxRatings"/>.</summary>
    public ImmutableArray<Rating> Ratings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Its whistles; at most <see cref="MaxWhistles"/>.</summary>
    public ImmutableArray<Whistle> Whistles { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Code of the area that it was escalated to; null while its grid's own level deals with it.</summary>
    public string? EscalatedTo { get; init; }

    /// <summary>How many levels it was escalated.</summary>
    public int Escalations { get; init; }

    /// <summary>How often its result was not good enough.</summary>
    public int Reworks { get; init; }

    /// <summary>How often it was suspended.</summary>
    public int Suspensions { get; init; }

    /// <summary>How often it was reopened.</summary>
    public int Reopenings { get; init; }

    /// <summary>Id of the case that its reports follow, when it was merged.</summary>
    public string? MergedInto { get; init; }

    /// <summary>How often it moved to another grid because the territory changed.</summary>
    public int Hops { get; init; }

    /// <summary>Whether the case was or is past its whole limit: <see cref="ClockKind.Close"/>, without suspensions. Null when it has none.</summary>
    public bool? OnTime { get; init; }

    /// <summary>
    /// Of an ended case, whose clocks are gone: when its whole limit, <see cref="ClockKind.Close"/>, fell or would have fallen due, UTC. Figures
    /// ask in which period a case was due. Null while it is open or without a limit.
    /// </summary>
    public DateTimeOffset? LimitEndedAt { get; init; }

    /// <summary>The severity that counts.</summary>
    public Severity Severity => JudgedSeverity ?? Report.Severity;

    /// <summary>Whether something is still to be done about it.</summary>
    public bool IsOpen => Stage.IsOpen();

    /// <summary>The running clock that falls due next; null when none runs.</summary>
    public Clock? NextClock
    {
        get
        {
            Clock? next = null;
            foreach (var clock in Clocks)
                if (!clock.Stopped && (next is null || clock.DueAt < next.DueAt))
                    next = clock;
            return next;
        }
    }

    /// <summary>The highest level that any of its running or standing clocks has reached.</summary>
    public DeadlineLevel Level
    {
        get
        {
            var level = DeadlineLevel.None;
            foreach (var clock in Clocks)
                if (clock.Fired > level)
                    level = clock.Fired;
            return level;
        }
    }

    /// <summary>Its latest whistle of which a muster has not ended: what a screen shows of its whistles; null for none.</summary>
    public Whistle? FindOpenWhistle()
    {
        for (var i = Whistles.Length - 1; i >= 0; i--)
            foreach (var muster in Whistles[i].Musters)
                if (!muster.Ended)
                    return Whistles[i];
        return null;
    }

    private ImmutableArray<StageEntry> PathByTimes()
    {
        var path = ImmutableArray.CreateBuilder<StageEntry>(3);
        path.Add(new StageEntry(Stage.Reported, ReportedAt));
        if (StartedAt is { } started)
            path.Add(new StageEntry(Stage.Handling, started));
        if (ClosedAt is { } closed)
            path.Add(new StageEntry(Stage.Closed, closed));
        return path.ToImmutable();
    }
}

/// <summary>A stage that a case entered.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="At">When, UTC.</param>
public readonly record struct StageEntry(Stage Stage, DateTimeOffset At);
