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

    /// <summary>Adds the schemes, the policies, the wall's tickets and the desks' passes. An endpoint that names no policy is closed to strangers.</summary>
    public static IServiceCollection AddSituationalIdentity(this IServiceCollection services)
    {
        services.AddOptions<IngestKeyOptions>().BindConfiguration(IngestKeyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
        services.AddSingleton<IngestKey>();
        services.AddSingleton<WallTickets>();
        services.AddSingleton<WallDoor>();
        services.AddSingleton<DeskPasses>();
        services.AddSingleton<DeskDoor>();
        services.AddSingleton<HubOrigins>();
        services.AddSingleton<SameSite>();
        services.AddSingleton<IWallScope, WallScope>();
        services.AddSingleton<IDeskScope, DeskScope>();

        services.AddDataProtection().SetApplicationName("situational");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInDataFolder>();

        services.AddAuthentication(Access.Scheme)
            .AddPolicyScheme(Access.Scheme, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, IngestKeyHandler>(Access.KeyScheme, null)
            .AddScheme<AuthenticationSchemeOptions, WallTicketHandler>(Access.TicketScheme, null)
            .AddScheme<AuthenticationSchemeOptions, BrowserHandler>(Access.BrowserScheme, null)
            .AddCookie(Access.CookieScheme, o =>
            {
                Harden(o.Cookie, "situational.wall");
                o.ExpireTimeSpan = WallLifetime;
                o.SlidingExpiration = true;
            })
            .AddCookie(Access.DeskScheme, o =>
            {
                Harden(o.Cookie, "situational.desk");
                // a desk closes when its pass said, however much it is used
                o.SlidingExpiration = false;
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(Access.Ingest, p => p.RequireClaim(Access.MayClaim, Access.Write))
            .AddPolicy(Access.Act, p => p.RequireClaim(Access.MayClaim, Access.Write, Access.Sit))
            .AddPolicy(Access.Desk, p => p.RequireClaim(Access.MayClaim, Access.Write, Access.Sit))
            // answers are not cut to an area, so an identity of one area reads none
            .AddPolicy(Access.Read, p => p.RequireAssertion(c => Access.AreaOf(c.User) is ""))
            .AddPolicy(Access.Watch, p => p.RequireClaim(Access.MayClaim, Access.Write, Access.Sit, Access.Look))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireClaim(Access.MayClaim, Access.Write).Build());
        return services;
    }

    /// <summary>Puts the checks into the pipeline.</summary>
    public static IApplicationBuilder UseSituationalIdentity(this IApplicationBuilder app)
    {
        app.UseMiddleware<HubOrigins>();
        app.UseAuthentication();
        app.UseMiddleware<WallDoor>();
        app.UseMiddleware<DeskDoor>();
        app.UseMiddleware<SameSite>();
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
            : Access.BrowserScheme;
    }

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        // Lax, so that a link also opens from a mail or chat page; the wall's can write nothing, the desk's only from our own pages, and the hub checks origins
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
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
