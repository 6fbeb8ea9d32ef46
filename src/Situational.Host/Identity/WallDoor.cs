using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>Turns <c>/wall?ticket=…</c> into the wall cookie and an address without the ticket.</summary>
internal sealed class WallDoor(WallTickets tickets) : IMiddleware
{
    private const string Parameter = "ticket";

    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Path != SituationalWeb.WallPath
            || tickets.AreaOf(request.Query[Parameter], out _) is not { } area)
        {
            // a ticket that opens nothing goes on to the page, which says how to get a new one
            await next(context);
            return;
        }
        await context.SignInAsync(
            Access.CookieScheme, Access.Principal(Access.CookieScheme, Access.Look, area), new AuthenticationProperties { IsPersistent = true });
        var rest = new QueryBuilder(request.Query.Where(p => p.Key != Parameter));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(request.PathBase + SituationalWeb.WallPath + rest.ToQueryString());
    }
}
