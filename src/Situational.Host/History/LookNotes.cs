using Situational.Domain.Cases;
using Situational.Host.Api;
using Situational.Host.Identity;

namespace Situational.Host.History;

/// <summary>
/// Notes in the audit trail who looked at where units were, before they see it: once a minute for each person and area, as someone who plays
/// the past asks for many moments. Safe for all threads.
/// </summary>
internal sealed class LookNotes(AuditNote audit, TimeProvider time)
{
    /// <summary>How long an entry stands for further looks.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromMinutes(1);

    private const int MaxRemembered = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Who, string? From, string Area), long> _noted = [];

    /// <summary>Writes the entry unless one stands.</summary>
    /// <param name="context">Who looks.</param>
    /// <param name="area">Code of the area.</param>
    /// <param name="detail">At what time.</param>
    public async Task WriteAsync(HttpContext context, string area, string detail)
    {
        var look = (Caller.IdOf(context), Caller.AddressOf(context), area);
        lock (_gate)
            if (_noted.TryGetValue(look, out var noted) && time.GetElapsedTime(noted) < Stands)
                return;
        await audit.WriteAsync(context, Role.Officer, "history.view", area, detail);
        lock (_gate)
        {
            if (_noted.Count >= MaxRemembered)
                foreach (var (old, at) in _noted)
                    if (time.GetElapsedTime(at) >= Stands)
                        _noted.Remove(old);
            // Beyond the bound every look is noted.
            if (_noted.Count < MaxRemembered || _noted.ContainsKey(look))
                _noted[look] = time.GetTimestamp();
        }
    }
}
