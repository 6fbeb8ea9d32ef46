using Situational.Domain.Cases;
using Situational.Host.Api;
using Situational.Host.Identity;

namespace Situational.Host.History;

/// <summary>
/// Notes in the audit trail who looked at where units were, before they see it. An entry stands for a minute for further looks of the person at
/// the area within its times, and for no others. Safe for all threads.
/// </summary>
internal sealed class LookNotes(AuditNote audit, TimeProvider time)
{
    /// <summary>How long an entry stands for further looks.</summary>
    public static readonly TimeSpan Stands = TimeSpan.FromMinutes(1);

    private const int MaxRemembered = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Who, string? From, string Area), Noted> _noted = [];

    /// <summary>Writes the entry unless one stands.</summary>
    /// <param name="context">Who looks.</param>
    /// <param name="area">Code of the area.</param>
    /// <param name="from">The first moment that is seen.</param>
    /// <param name="to">The last one, or the same.</param>
    public async Task WriteAsync(HttpContext context, string area, DateTimeOffset from, DateTimeOffset to)
    {
        var look = (Caller.IdOf(context), Caller.AddressOf(context), area);
        lock (_gate)
            if (_noted.TryGetValue(look, out var noted) && from >= noted.From && to <= noted.To && time.GetElapsedTime(noted.At) < Stands)
                return;
        var detail = from == to ? $"at {Moment.BeginOf(from):O}" : $"from {Moment.BeginOf(from):O} to {Moment.BeginOf(to):O}";
        await audit.WriteAsync(context, Role.Officer, "history.view", area, detail);
        lock (_gate)
        {
            if (_noted.Count >= MaxRemembered)
                foreach (var (old, entry) in _noted)
                    if (time.GetElapsedTime(entry.At) >= Stands)
                        _noted.Remove(old);
            // Beyond the bound every look is noted.
            if (_noted.Count < MaxRemembered || _noted.ContainsKey(look))
                _noted[look] = new Noted(from, to, time.GetTimestamp());
        }
    }

    /// <summary>What an entry stands for, and when it was written.</summary>
    private readonly record struct Noted(DateTimeOffset From, DateTimeOffset To, long At);
}
