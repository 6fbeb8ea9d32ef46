using Microsoft.Extensions.Options;
using Situational.Contracts.Feed;

namespace Situational.Host.Identity;

/// <summary>Lets browsers open the hub from our own pages alone, or from a listed origin: cookies travel with a foreign page's WebSocket too.</summary>
internal sealed class HubOrigins(IOptions<HubOptions> options) : IMiddleware
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins.Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0 || !context.Request.Path.StartsWithSegments(FeedNames.HubPath) || IsAllowed(context.Request, origin.ToString()))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool IsAllowed(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) || _allowed.Contains(origin);
}
