using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>Turns <c>/duty?pass=…</c> and <c>/patrol?pass=…</c> into the desk's cookie and an address without the pass.</summary>
internal sealed class DeskDoor(DeskPasses passes, TimeProvider time) : IMiddleware
{
    /// <summary>Name of the parameter that holds the pass.</summary>
    public const string Parameter = "pass";

    /// <inheritdoc />
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !(request.Path == SituationalWeb.DutyPath || request.Path == SituationalWeb.PatrolPath)
            || passes.Read(request.Query[Parameter]) is not { } pass)
        {
            // a pass that opens nothing goes on to the page, which says how to get a new one
            await next(context);
            return;
        }
        await context.SignInAsync(
            Access.DeskScheme, Access.Principal(pass.Person),
            new AuthenticationProperties { IsPersistent = true, AllowRefresh = false, ExpiresUtc = time.GetUtcNow().AddHours(pass.Hours) });
        var rest = new QueryBuilder(request.Query.Where(p => p.Key != Parameter));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(request.PathBase + request.Path + rest.ToQueryString());
    }
}
