using System.Security.Claims;

namespace Situational.Host.Identity;

/// <summary>The names by which endpoints say who may call them, and what a caller's identity holds.</summary>
internal static class Access
{
    /// <summary>Policy: may write. The ingest key.</summary>
    public const string Ingest = "ingest";

    /// <summary>Policy: may read over HTTP. The ingest key or the wall cookie, if it is for the whole city.</summary>
    public const string Read = "read";

    /// <summary>Policy: may watch the feed. The ingest key, the wall cookie, or a wall ticket in <c>access_token</c>.</summary>
    public const string Watch = "watch";

    /// <summary>Scheme that picks one of the others by what the request carries.</summary>
    public const string Scheme = "situational";

    /// <summary>Scheme: <c>Authorization: Bearer</c> with the ingest key.</summary>
    public const string KeyScheme = "ingest-key";

    /// <summary>Scheme: the wall cookie.</summary>
    public const string CookieScheme = "wall-cookie";

    /// <summary>Scheme: a wall ticket in the query of the hub's address.</summary>
    public const string TicketScheme = "wall-ticket";

    /// <summary>Claim: <see cref="Write"/> or <see cref="Look"/>.</summary>
    public const string MayClaim = "may";

    /// <summary>Value of <see cref="MayClaim"/>: writes and reads.</summary>
    public const string Write = "write";

    /// <summary>Value of <see cref="MayClaim"/>: reads and watches.</summary>
    public const string Look = "look";

    private const string AreaClaim = "area";

    /// <summary>An identity that may do that in an area.</summary>
    /// <param name="scheme">The scheme that vouches for it.</param>
    /// <param name="may"><see cref="Write"/> or <see cref="Look"/>.</param>
    /// <param name="area">Code of the area; empty for the whole city.</param>
    public static ClaimsPrincipal Principal(string scheme, string may, string area) =>
        new(new ClaimsIdentity([new Claim(MayClaim, may), new Claim(AreaClaim, area)], scheme));

    /// <summary>Code of the area that the caller may see, empty for the whole city, or null if the caller may see nothing.</summary>
    public static string? AreaOf(ClaimsPrincipal caller) =>
        caller.HasClaim(c => c.Type == MayClaim && c.Value is Write or Look) ? caller.FindFirstValue(AreaClaim) : null;
}
