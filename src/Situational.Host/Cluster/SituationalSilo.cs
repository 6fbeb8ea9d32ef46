using Situational.Host.Setup;

namespace Situational.Host.Cluster;

/// <summary>Puts the silo into the host, on whichever runtime the grains were built against.</summary>
internal static partial class SituationalSilo
{
    /// <summary>Adds the silo.</summary>
    /// <exception cref="StartRefusedException">The settings ask for what cannot be.</exception>
    public static WebApplicationBuilder AddSituationalSilo(this WebApplicationBuilder builder)
    {
        var options = new SiloClusterOptions();
        builder.Configuration.GetSection(SiloClusterOptions.Section).Bind(options);
        // What Orleans says at Information is about itself.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo => Configure(silo, options));
        return builder;
    }

    private static partial void Configure(ISiloBuilder silo, SiloClusterOptions options);
}
