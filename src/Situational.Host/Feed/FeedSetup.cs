using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Situational.Contracts.Feed;
using Situational.Host.Identity;
using Situational.Web;

namespace Situational.Host.Feed;

/// <summary>Adds the feed to the host.</summary>
public static class FeedSetup
{
    /// <summary>Adds the node's live view, its service and the hub; options from <c>Situational:Feed</c>.</summary>
    public static IServiceCollection AddSituationalFeed(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FeedOptions>().BindConfiguration("Situational:Feed").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ICitySource, GrainCitySource>();
        services.TryAddSingleton<LiveView>();
        services.TryAddSingleton<ILiveCity>(provider => provider.GetRequiredService<LiveView>());
        services.TryAddSingleton<ScreenCounts>();
        services.TryAddSingleton<IWallNames, CityNames>();
        services.AddHostedService<LiveViewService>();
        services.AddSignalR()
            .AddHubOptions<SituationHub>(hub =>
            {
                hub.MaximumReceiveMessageSize = 32 * 1024;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
                hub.HandshakeTimeout = TimeSpan.FromSeconds(10);
                hub.MaximumParallelInvocationsPerClient = 1;
                hub.EnableDetailedErrors = false;
                hub.SupportedProtocols = ["json"];
            });
        // Of two protocols of one name the later one counts.
        services.AddSingleton<IHubProtocol, FrameHubProtocol>();
        return services;
    }

    /// <summary>Maps the hub behind the policy <c>watch</c>.</summary>
    public static IEndpointConventionBuilder MapSituationalFeed(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<SituationHub>(FeedNames.HubPath, connection =>
        {
            connection.Transports = HttpTransportType.WebSockets;
            connection.AllowStatefulReconnects = false;
            // A screen that hangs for a minute is brought up to date on the same connection; it costs no more than its buffers meanwhile.
            connection.TransportSendTimeout = TimeSpan.FromSeconds(75);
            connection.CloseOnAuthenticationExpiration = true;
        }).RequireAuthorization(Access.Watch);
}
