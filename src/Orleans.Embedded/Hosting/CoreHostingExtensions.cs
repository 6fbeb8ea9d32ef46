using System.Net;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering, of which one process needs none.</summary>
public static class CoreHostingExtensions
{
    /// <summary>One silo on this machine. The ports are not opened: nothing outside the process reaches an embedded silo.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder, int siloPort = 11111, int gatewayPort = 30000, IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev", string clusterId = "dev") =>
        builder.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
}
