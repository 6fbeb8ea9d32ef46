#if ORLEANS_EMBEDDED
using Situational.Host.Setup;

namespace Situational.Host.Cluster;

/// <summary>One process: there is nobody to meet.</summary>
internal static partial class SituationalSilo
{
    private static partial void Configure(ISiloBuilder silo, SiloClusterOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.Redis))
            throw new StartRefusedException(
                StartRefusedException.Settings,
                $"{SiloClusterOptions.Section}:Redis is set, but this build runs on Orleans.Embedded, which is one process. Build with --orleans, or take the setting away.");
        silo.UseLocalhostClustering();
    }
}
#endif
