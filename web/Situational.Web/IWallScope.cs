using Microsoft.AspNetCore.Http;

namespace Situational.Web;

/// <summary>What the wall's page must know of the system that serves it. The host implements it.</summary>
public interface IWallScope
{
    /// <summary>Code of the area that the visitor's wall cookie allows, or null when there is no valid one. Empty: the whole city, before its territory is known.</summary>
    string? AreaOf(HttpContext context);

    /// <summary>The runtime in use, <c>embedded</c> or <c>orleans</c>.</summary>
    string Runtime { get; }
}
