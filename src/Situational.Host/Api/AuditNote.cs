using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Identity;

namespace Situational.Host.Api;

/// <summary>Notes a write in the audit trail that neither a grid nor the city notes with what it writes.</summary>
internal sealed class AuditNote(IAuditTrail trail, TimeProvider time)
{
    /// <summary>Writes it durably, to the end even if the caller goes away.</summary>
    /// <param name="context">The request: by whom, from which address.</param>
    /// <param name="role">In which role a system does it; a person at a desk has one.</param>
    /// <param name="what">What was done, such as <c>photo.post</c>.</param>
    /// <param name="target">Upon what.</param>
    /// <param name="detail">More; no personal data.</param>
    public Task WriteAsync(HttpContext context, Role role, string what, string target, string? detail) => trail.AppendAsync(
        new AuditEntry(time.GetUtcNow(), Caller.IdOf(context), CaseNames.Of(Caller.RoleOf(context, role)), Caller.AddressOf(context), what, target, detail),
        CancellationToken.None);
}
