using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>The one silo of a host.</summary>
internal sealed class SiloBuilder : ISiloBuilder
{
    private SiloBuilder(IServiceCollection services, IConfiguration configuration) => (Services, Configuration) = (services, configuration);

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    /// <summary>The builder of these services, which get the silo's when they have none yet.</summary>
    public static SiloBuilder For(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var service in services)
            if (service.ImplementationInstance is SiloBuilder present)
                return present;

        var builder = new SiloBuilder(services, configuration);
        services.AddSingleton(builder);
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Silo>();
        services.AddSingleton<ILocalSiloDetails>(static provider => provider.GetRequiredService<Silo>());
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(static provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<Silo>());
        return builder;
    }
}
