using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Situational.Grains.Feed;

/// <summary>Adds the silo's outbox.</summary>
public static class FeedOutboxSetup
{
    /// <summary>Adds <see cref="IFeedOutbox"/>, its pump and the probe of the store, one of each a silo; options from <c>Situational:Outbox</c>.</summary>
    public static IServiceCollection AddFeedOutbox(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GrainsMetrics>();
        services.AddOptions<FeedOutboxOptions>().BindConfiguration("Situational:Outbox").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<FeedOutbox>();
        services.TryAddSingleton<IFeedOutbox>(provider => provider.GetRequiredService<FeedOutbox>());
        services.AddHostedService(provider => new FeedPump(
            provider.GetRequiredService<FeedOutbox>(),
            () => provider.GetRequiredService<IGrainFactory>().GetGrain<INodesGrain>(ICityGrain.Key),
            provider.GetRequiredService<IOptions<FeedOutboxOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<GrainsMetrics>(),
            provider.GetRequiredService<ILogger<FeedPump>>()));
        services.AddHostedService<StoreProbe>();
        return services;
    }
}
