using System.Diagnostics.Metrics;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Contracts.Feed;
using Situational.Grains;
using Situational.Grains.Feed;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Host.Feed;
using Situational.Host.Identity;
using Situational.Testing;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>
/// The real feed on a real socket: outbox, pump, live view, hub. Only the grains behind it are a <see cref="FakeCity"/>, and whoever
/// comes with a token may watch; <c>area:CODE</c> may watch that area alone.
/// </summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedServer(WebApplication app, FakeCity city, FakeTerritories territories)
    {
        _app = app;
        City = city;
        Territories = territories;
    }

    public FakeCity City { get; }

    public FakeTerritories Territories { get; }

    public Uri Address => new(_app.Urls.First());

    public LiveView View => _app.Services.GetRequiredService<LiveView>();

    public ScreenCounts Counts => _app.Services.GetRequiredService<ScreenCounts>();

    public FeedOutbox Outbox => _app.Services.GetRequiredService<FeedOutbox>();

    public static async Task<FeedServer> StartAsync(FakeCity city, Action<FeedOptions>? configure = null, bool territory = true, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // Small send buffers, so that a screen that stalls is felt by the server and not hidden by the system.
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}").UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = 16 * 1024;
            return socket;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TestTokens>("test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Access.Watch, policy => policy.RequireAuthenticatedUser());
        var territories = new FakeTerritories();
        if (territory)
            territories.Set(city.Territory);
        builder.Services.AddSingleton<ICitySource>(city);
        builder.Services.AddSingleton<ITerritorySource>(territories);
        builder.Services.AddSituationalFeed();
        if (configure is not null)
            builder.Services.Configure(configure);
        builder.Services.AddSingleton<FeedOutbox>();
        builder.Services.AddHostedService(services => new FeedPump(
            services.GetRequiredService<FeedOutbox>(), () => new FakeNodes(city, services.GetRequiredService<LiveView>().Node),
            Options.Create(new FeedOutboxOptions { NodesMilliseconds = 100 }), TimeProvider.System, new GrainsMetrics(services.GetRequiredService<IMeterFactory>()),
            services.GetRequiredService<ILogger<FeedPump>>()));
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapSituationalFeed();
        await app.StartAsync();
        return new FeedServer(app, city, territories);
    }

    public void Publish(IEnumerable<GridChange> changes)
    {
        foreach (var change in changes)
            Outbox.Publish(change);
    }

    public FeedScreenOptions Screen(WatchRequest? request = null, string key = "wall") =>
        new() { Server = Address, Key = key, Request = request ?? new WatchRequest("city") };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class TestTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
                return Task.FromResult(AuthenticateResult.NoResult());
            var token = header["Bearer ".Length..];
            var area = token.StartsWith("area:", StringComparison.Ordinal) ? token["area:".Length..] : "";
            var principal = Access.Principal("test " + token, Access.Look, area);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, "test")));
        }
    }
}
