using System.Text.Json.Serialization;

namespace Situational.Domain.Cases;

/// <summary>What happened in a grid, as the journal keeps it. Names in the attributes are stored and never change.</summary>
/// <param name="At">When the grid decided it, UTC.</param>
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(CaseStarted), "case-started")]
[JsonDerivedType(typeof(CaseClosed), "case-closed")]
public abstract record GridEvent(DateTimeOffset At);

/// <summary>A report opened a case.</summary>
public sealed record CaseOpened(DateTimeOffset At, string CaseId, int TerritoryVersion, Report Report) : GridEvent(At);

/// <summary>Handling began.</summary>
public sealed record CaseStarted(DateTimeOffset At, string CaseId, string? Note) : GridEvent(At);

/// <summary>The case was closed.</summary>
public sealed record CaseClosed(DateTimeOffset At, string CaseId, string? Note) : GridEvent(At);
