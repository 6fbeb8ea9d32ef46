using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

/// <summary>Silos with the services that the grains under test need.</summary>
internal static class Silos
{
    public static Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null) =>
        TestSilo.StartAsync(
            services => services.AddSingleton<Stage>().AddSingleton<Sums>().AddScoped<Scoped>().AddSingleton<Ticks>(), configure);

    public static Stage Stage(this TestSilo silo) => silo.Services.GetRequiredService<Stage>();

    public static T Get<T>(this TestSilo silo, string key)
        where T : IGrainWithStringKey => silo.Grains.GetGrain<T>(key);
}
