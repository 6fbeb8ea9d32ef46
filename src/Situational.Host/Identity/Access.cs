using System.Security.Claims;
using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>The names by which endpoints say who may call them, and what a caller's identity holds.</summary>
internal static class Access
{
    /// <summary>Policy: may write for the whole system. The ingest key.</summary>
    public const string Ingest = "ingest";

    /// <summary>Policy: may write as a person does: reports, steps, photos, acknowledgements. The ingest key or a desk's cookie.</summary>
    public const string Act = "act";

    /// <summary>Policy: may read what concerns staff: squads, trails, who is nearest. The ingest key or a desk's cookie.</summary>
    public const string Desk = "desk";

    /// <summary>Policy: may read over HTTP. The ingest key, a desk's cookie, or the wall cookie, if it is for the whole city.</summary>
    public const string Read = "read";

    /// <summary>Policy: may watch the feed. The ingest key, a desk's cookie, the wall cookie, or a wall ticket in <c>access_token</c>.</summary>
    public const string Watch = "watch";

    /// <summary>Scheme that picks one of the others by what the request carries.</summary>
    public const string Scheme = "situational";

    /// <summary>Scheme: <c>Authorization: Bearer</c> with the ingest key.</summary>
    public const string KeyScheme = "ingest-key";

    /// <summary>Scheme: the desk's cookie where it is valid, else the wall's.</summary>
    public const string BrowserScheme = "browser";

    /// <summary>Scheme: the wall cookie.</summary>
    public const string CookieScheme = "wall-cookie";

    /// <summary>Scheme: the cookie of a person's desk.</summary>
    public const string DeskScheme = "desk-cookie";

    /// <summary>Scheme: a wall ticket in the query of the hub's address.</summary>
    public const string TicketScheme = "wall-ticket";

    /// <summary>Claim: <see cref="Write"/>, <see cref="Sit"/> or <see cref="Look"/>.</summary>
    public const string MayClaim = "may";

    /// <summary>Value of <see cref="MayClaim"/>: writes and reads everything.</summary>
    public const string Write = "write";

    /// <summary>Value of <see cref="MayClaim"/>: a person at a desk; acts, reads and watches.</summary>
    public const string Sit = "sit";

    /// <summary>Value of <see cref="MayClaim"/>: reads and watches.</summary>
    public const string Look = "look";

    private const string AreaClaim = "area", IdClaim = "id", NameClaim = "name", RoleClaim = "role", SquadClaim = "squad";

    /// <summary>An identity that may do that in an area.</summary>
    /// <param name="scheme">The scheme that vouches for it.</param>
    /// <param name="may"><see cref="Write"/> or <see cref="Look"/>.</param>
    /// <param name="area">Code of the area; empty for the whole city.</param>
    public static ClaimsPrincipal Principal(string scheme, string may, string area) =>
        new(new ClaimsIdentity([new Claim(MayClaim, may), new Claim(AreaClaim, area)], scheme));

    /// <summary>The identity of a person at a desk. It sees the whole city.</summary>
    public static ClaimsPrincipal Principal(DeskPerson person)
    {
        var claims = new List<Claim>
        {
            new(MayClaim, Sit), new(AreaClaim, ""), new(IdClaim, person.Id), new(NameClaim, person.Name), new(RoleClaim, person.Role),
        };
        if (person.Squad is { } squad)
            claims.Add(new Claim(SquadClaim, squad));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, DeskScheme));
    }

    /// <summary>Code of the area that the caller may see, empty for the whole city, or null if the caller may see nothing.</summary>
    public static string? AreaOf(ClaimsPrincipal caller) =>
        caller.HasClaim(c => c.Type == MayClaim && c.Value is Write or Sit or Look) ? caller.FindFirstValue(AreaClaim) : null;

    /// <summary>Whether the caller is the system with the key or a person at a desk, and not a screen that names nobody.</summary>
    public static bool IsStaff(ClaimsPrincipal caller) => caller.HasClaim(c => c.Type == MayClaim && c.Value is Write or Sit);

    /// <summary>The person at the desk, or null when the caller is none.</summary>
    public static DeskPerson? PersonOf(ClaimsPrincipal caller) =>
        caller.HasClaim(MayClaim, Sit)
        && caller.FindFirstValue(IdClaim) is { } id && caller.FindFirstValue(NameClaim) is { } name && caller.FindFirstValue(RoleClaim) is { } role
            ? new DeskPerson(id, name, role, caller.FindFirstValue(SquadClaim))
            : null;
}
