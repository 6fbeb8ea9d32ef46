using Microsoft.AspNetCore.DataProtection;
using Situational.Testing;

namespace Situational.Host.Tests.Support;

/// <summary>Tickets and cookies, good and bad.</summary>
internal static class WallTickets
{
    /// <summary>The ticket of a printed link.</summary>
    public static string Of(Uri link) => link.Query["?ticket=".Length..];

    /// <summary>A ticket of another host.</summary>
    public static string Foreign() =>
        new Situational.Host.Identity.WallTickets(new EphemeralDataProtectionProvider(), TimeProvider.System).Issue("");

    /// <summary>A ticket of this host that was good until a second ago.</summary>
    public static string Expired(HostProcess host) => Good(host, TimeSpan.FromSeconds(-1));

    /// <summary>A ticket of this host that is good for a time, for an area or, when that is empty, the whole city.</summary>
    public static string Good(HostProcess host, TimeSpan lifetime, string area = "") =>
        new Situational.Host.Identity.WallTickets(
            DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(host.DataFolder, "keys")), b => b.SetApplicationName("situational")), TimeProvider.System)
        .Issue(area, lifetime);

    /// <summary>The wall cookie, as a browser would send it back.</summary>
    public static async Task<string> CookieAsync(HostProcess host, string? ticket = null)
    {
        using var client = host.CreateClient(withKey: false);
        using var answer = await client.GetAsync(ticket is null ? host.WallLink : new Uri(host.BaseAddress, "wall?ticket=" + Uri.EscapeDataString(ticket)));
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
