using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Situational.Host.Identity;

/// <summary>Tickets that open a wall: the code of an area, protected and limited in time.</summary>
internal sealed class WallTickets(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("situational.wall-ticket").ToTimeLimitedDataProtector();

    /// <summary>A ticket for an area; empty for the whole city.</summary>
    public string Issue(string area) => Issue(area, Lifetime);

    /// <summary>A ticket that ends after a time of the caller's choice.</summary>
    public string Issue(string area, TimeSpan lifetime) => _protector.Protect(area, time.GetUtcNow() + lifetime);

    /// <summary>The area a ticket opens, or null when it is none of ours or too old.</summary>
    /// <param name="ticket">What the caller gave.</param>
    /// <param name="ends">When it ends, UTC.</param>
    public string? AreaOf(string? ticket, out DateTimeOffset ends)
    {
        ends = default;
        if (string.IsNullOrEmpty(ticket))
            return null;
        try
        {
            return _protector.Unprotect(ticket, out ends);
        }
        catch (CryptographicException)
        {
            return null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
