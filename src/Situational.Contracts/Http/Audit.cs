namespace Situational.Contracts.Http;

/// <summary>A page of <c>GET /api/v1/audit</c>, newest first.</summary>
/// <param name="Entries">At most <c>limit</c> writes.</param>
/// <param name="Next">Pass as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record AuditAnswer(IReadOnlyList<AuditEntryAnswer> Entries, string? Next);

/// <summary>One write. Never names a reporter.</summary>
/// <param name="At">When.</param>
/// <param name="Who">Id of who wrote.</param>
/// <param name="Role">In which role.</param>
/// <param name="From">The address at the other end of the connection.</param>
/// <param name="What">What was done, such as <c>case.accept</c>.</param>
/// <param name="Target">Upon what, such as the id of a case.</param>
/// <param name="Detail">More.</param>
public sealed record AuditEntryAnswer(DateTimeOffset At, string Who, string Role, string? From, string What, string Target, string? Detail);
