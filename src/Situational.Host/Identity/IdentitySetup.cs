using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Situational.Contracts.Feed;
using Situational.Host.Setup;
using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>Adds who may call what.</summary>
internal static class IdentitySetup
{
    /// <summary>How long a wall stays open: the longest that browsers keep a cookie.</summary>
    private static readonly TimeSpan WallLifetime = TimeSpan.FromDays(400);

    /// <summary>Adds the schemes, the policies and the wall's tickets. An endpoint that names no policy is closed to strangers.</summary>
    public static IServiceCollection AddSituationalIdentity(this IServiceCollection services)
    {
        services.AddOptions<IngestKeyOptions>().BindConfiguration(IngestKeyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
        services.AddSingleton<IngestKey>();
        services.AddSingleton<WallTickets>();
        services.AddSingleton<WallDoor>();
        services.AddSingleton<HubOrigins>();
        services.AddSingleton<IWallScope, WallScope>();

        services.AddDataProtection().SetApplicationName("situational");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInDataFolder>();

        services.AddAuthentication(Access.Scheme)
            .AddPolicyScheme(Access.Scheme, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, IngestKeyHandler>(Access.KeyScheme, null)
            .AddScheme<AuthenticationSchemeOptions, WallTicketHandler>(Access.TicketScheme, null)
            .AddCookie(Access.CookieScheme, o =>
            {
                o.Cookie.Name = "situational.wall";
                o.Cookie.HttpOnly = true;
                // Lax, so that the wall's link also opens from a mail or chat page; the cookie can write nothing, and the hub checks origins
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = WallLifetime;
                o.SlidingExpiration = true;
                o.Events.OnRedirectToLogin = c => Answer(c.Response, StatusCodes.Status401Unauthorized);
                o.Events.OnRedirectToAccessDenied = c => Answer(c.Response, StatusCodes.Status403Forbidden);
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(Access.Ingest, p => p.RequireClaim(Access.MayClaim, Access.Write))
            // answers are not cut to an area, so an identity of one area reads none
            .AddPolicy(Access.Read, p => p.RequireAssertion(c => Access.AreaOf(c.User) is ""))
            .AddPolicy(Access.Watch, p => p.RequireClaim(Access.MayClaim, Access.Write, Access.Look))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireClaim(Access.MayClaim, Access.Write).Build());
        return services;
    }

    /// <summary>Puts the checks into the pipeline.</summary>
    public static IApplicationBuilder UseSituationalIdentity(this IApplicationBuilder app)
    {
        app.UseMiddleware<HubOrigins>();
        app.UseAuthentication();
        app.UseMiddleware<WallDoor>();
        app.UseAuthorization();
        return app;
    }

    private static string SchemeOf(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization.Count > 0)
            return Access.KeyScheme;
        return request.Query.ContainsKey(WallTicketHandler.Parameter) && request.Path.StartsWithSegments(FeedNames.HubPath)
            ? Access.TicketScheme
            : Access.CookieScheme;
    }

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    /// <summary>Keeps the keys in the data folder, so that cookies and links outlive a restart.</summary>
    private sealed class KeysInDataFolder(DataFolder folder, ILoggerFactory loggers) : IConfigureOptions<KeyManagementOptions>
    {
        public void Configure(KeyManagementOptions options)
        {
            var path = folder.Combine("keys");
            var keys = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.XmlRepository = new FileSystemXmlRepository(keys, loggers);
        }
    }
}
