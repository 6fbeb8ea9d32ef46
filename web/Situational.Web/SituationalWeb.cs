using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Situational.Web.Pages;
using Situational.Web.Texts;

namespace Situational.Web;

/// <summary>The pages, for the host to add. The host also registers an <see cref="IWallScope"/> and an <see cref="IWallNames"/>, and serves static web assets.</summary>
public static class SituationalWeb
{
    /// <summary>Address of the wall.</summary>
    public const string WallPath = "/wall";

    /// <summary>Adds what the pages need, and the wall's settings from <see cref="WallOptions.Section"/>.</summary>
    public static IServiceCollection AddSituationalWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<IValidateOptions<WallOptions>, WallOptionsValidator>();
        services.AddOptions<WallOptions>().BindConfiguration(WallOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    /// <summary>Maps the pages. They check the visitor themselves, so the host may let them be reached anonymously.</summary>
    /// <remarks>The host turns <c>/wall?ticket=…</c> into the wall cookie before this endpoint runs.</remarks>
    public static IEndpointConventionBuilder MapSituationalWeb(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(WallPath, Wall).ExcludeFromDescription();

    private static IResult Wall(HttpContext context, IWallScope scope, IWallNames names, IOptions<WallOptions> options)
    {
        var texts = TextSet.Choose(context.Request.Query["lang"], context.Request.Headers.AcceptLanguage);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurity.PolicyFor(options.Value.TileUrl);
        headers.CacheControl = "no-store";
        headers.ContentLanguage = texts.Language;
        headers.Vary = "Accept-Language, Cookie";
        return scope.AreaOf(context) is { } area
            ? new RazorComponentResult<Wall>(new { Model = new WallModel(texts, options.Value, area, scope.Runtime, names.In(texts.Language)) })
            : new RazorComponentResult<Refused>(new { Texts = texts }) { StatusCode = StatusCodes.Status401Unauthorized };
    }
}
