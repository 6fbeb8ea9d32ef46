using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Situational.Web.Pages;
using Situational.Web.Texts;

namespace Situational.Web;

/// <summary>The pages, for the host to add. The host also registers an <see cref="IWallScope"/>, an <see cref="IWallNames"/> and an
/// <see cref="IDeskScope"/>, and serves static web assets.</summary>
public static class SituationalWeb
{
    /// <summary>Address of the wall.</summary>
    public const string WallPath = "/wall";

    /// <summary>Address of the duty officer's desk.</summary>
    public const string DutyPath = "/duty";

    /// <summary>Address of the sheet that one shift hands to the next.</summary>
    public const string HandoverPath = "/duty/handover";

    /// <summary>Address of the patrol lead's desk.</summary>
    public const string PatrolPath = "/patrol";

    /// <summary>Adds what the pages need, and the wall's settings from <see cref="WallOptions.Section"/>.</summary>
    public static IServiceCollection AddSituationalWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<IValidateOptions<WallOptions>, WallOptionsValidator>();
        services.AddOptions<WallOptions>().BindConfiguration(WallOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    /// <summary>Maps the pages. They check the visitor themselves, so the host may let them be reached anonymously.</summary>
    /// <remarks>The host turns <c>/wall?ticket=…</c> into the wall cookie, and <c>?pass=…</c> into the desk cookie, before these endpoints run.</remarks>
    public static IEndpointConventionBuilder MapSituationalWeb(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("");
        pages.MapGet(WallPath, Wall);
        pages.MapGet(DutyPath, Desk<Duty>);
        pages.MapGet(PatrolPath, Desk<Patrol>);
        pages.MapGet(HandoverPath, Desk<Handover>);
        return pages.ExcludeFromDescription();
    }

    private static IResult Wall(HttpContext context, IWallScope scope, IWallNames names, IOptions<WallOptions> options)
    {
        var texts = Begin(context, ContentSecurity.PolicyFor(options.Value.TileUrl));
        return scope.AreaOf(context) is { } area
            ? new RazorComponentResult<Wall>(new { Model = new WallModel(texts, options.Value, area, scope.Runtime, names.In(texts.Language)) })
            : new RazorComponentResult<Refused>(new { Texts = texts }) { StatusCode = StatusCodes.Status401Unauthorized };
    }

    /// <summary>The page of a desk; one without a person behind it is refused.</summary>
    /// <typeparam name="TPage">The page, with a parameter <c>Model</c> of <see cref="DeskModel"/>.</typeparam>
    private static IResult Desk<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(
        HttpContext context, IWallScope scope, IWallNames names, IOptions<WallOptions> options)
        where TPage : IComponent
    {
        var texts = Begin(context, ContentSecurity.PolicyFor(options.Value.TileUrl, based: true));
        var root = context.Request.PathBase + "/";
        if (context.RequestServices.GetService<IDeskScope>()?.PersonOf(context) is { } person)
            return new RazorComponentResult<TPage>(new
            {
                Model = new DeskModel(texts, options.Value, person, scope.Runtime, names.In(texts.Language), root, OtherLanguage(context.Request, texts)),
            });
        return new RazorComponentResult<DeskRefused>(new { Texts = texts, Base = root, Again = Address(context.Request, context.Request.Query) })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        };
    }

    /// <summary>Chooses the language and says what holds for every page.</summary>
    private static TextSet Begin(HttpContext context, string policy)
    {
        var texts = TextSet.Choose(context.Request.Query["lang"], context.Request.Headers.AcceptLanguage);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = "no-store";
        headers.ContentLanguage = texts.Language;
        headers.Vary = "Accept-Language, Cookie";
        return texts;
    }

    private static string OtherLanguage(HttpRequest request, TextSet texts) =>
        Address(request, request.Query.Where(p => p.Key != "lang").Append(new("lang", texts.Language == "en" ? "zh-CN" : "en")));

    /// <summary>The page with that query, relative to the server's root, without what opens desks.</summary>
    private static string Address(HttpRequest request, IEnumerable<KeyValuePair<string, StringValues>> query) =>
        request.PathBase + request.Path + new QueryBuilder(query.Where(p => p.Key != "pass")).ToQueryString();
}
