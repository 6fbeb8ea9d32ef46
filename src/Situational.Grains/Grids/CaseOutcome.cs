using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Grains.Grids;

/// <summary>What became of a command; all null when the store is away, and then nothing was written.</summary>
internal readonly struct CaseOutcome
{
    /// <summary>What happened, durably.</summary>
    public Decision.Accepted? Done { get; init; }

    /// <summary>Why nothing happened, or had to.</summary>
    public Decision? Refused { get; init; }

    /// <summary>What the idempotency key was taken for before.</summary>
    public AcceptedReport? Before { get; init; }
}
