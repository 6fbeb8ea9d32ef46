using Situational.Contracts.Feed;
using Situational.Host.Api;

namespace Situational.Host.Identity;

/// <summary>
/// Lets a cookie write only where our own page asks for it: a foreign page's request carries the cookie too. Browsers say where a request comes
/// from in <c>Sec-Fetch-Site</c>, those that do not (old ones, and all over plain http) in <c>Origin</c>; neither can be set by a page.
/// </summary>
internal sealed class SameSite : IMiddleware
{
    private const string SiteHeader = "Sec-Fetch-Site";

    /// <inheritdoc />
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        // the hub writes nothing and has HubOrigins before it
        if (IsSafe(request.Method) || context.User.Identity?.AuthenticationType is not (Access.DeskScheme or Access.CookieScheme)
            || request.Path.StartsWithSegments(FeedNames.HubPath))
            return next(context);
        if (request.Headers[SiteHeader] is { Count: > 0 } site)
            return site == "same-origin" ? next(context) : RefuseAsync(context, SiteHeader, "Must be same-origin");
        return string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : RefuseAsync(context, "Origin", $"Must be the server's own, or {SiteHeader} be same-origin");
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task RefuseAsync(HttpContext context, string header, string text) =>
        Problems.Field(StatusCodes.Status403Forbidden, header, text + " when a cookie says who acts. Nothing was recorded.").ExecuteAsync(context);
}
