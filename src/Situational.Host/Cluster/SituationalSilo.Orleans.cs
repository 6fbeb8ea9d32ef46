#if !ORLEANS_EMBEDDED
using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Situational.Host.Setup;
using StackExchange.Redis;

namespace Situational.Host.Cluster;

/// <summary>One silo alone, or one of a cluster that meets over Redis.</summary>
internal static partial class SituationalSilo
{
    private static partial void Configure(ISiloBuilder silo, SiloClusterOptions options)
    {
        var address = AddressOf(options);
        var siloPort = PortOf(options.SiloPort, nameof(options.SiloPort), address);
        int gatewayPort;
        do
            gatewayPort = PortOf(options.GatewayPort, nameof(options.GatewayPort), address);
        while (options.GatewayPort == 0 && gatewayPort == siloPort);
        if (string.IsNullOrWhiteSpace(options.Redis))
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: options.Id, clusterId: options.Id);
            return;
        }

        var redis = RedisOf(options);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Id, options.Id));
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = address;
            endpoint.SiloPort = siloPort;
            endpoint.GatewayPort = gatewayPort;
        });
        silo.UseRedisClustering(membership => membership.ConfigurationOptions = redis.Clone());
        silo.UseRedisGrainDirectoryAsDefault(directory => directory.ConfigurationOptions = redis.Clone());
    }

    private static IPAddress AddressOf(SiloClusterOptions options) =>
        IPAddress.TryParse(options.Address, out var address)
            ? address
            : throw new StartRefusedException(StartRefusedException.Settings, $"{SiloClusterOptions.Section}:Address is '{options.Address}', which is no IP address.");

    /// <summary>Reads the connection string and makes sure that somebody answers, which Orleans would say in many lines.</summary>
    private static ConfigurationOptions RedisOf(SiloClusterOptions options)
    {
        try
        {
            var redis = ConfigurationOptions.Parse(options.Redis!);
            using var probe = ConnectionMultiplexer.Connect(redis);
            return redis;
        }
        catch (ArgumentException e)
        {
            throw new StartRefusedException(StartRefusedException.Settings, $"{SiloClusterOptions.Section}:Redis is no connection string: {e.Message}", e);
        }
        catch (RedisConnectionException e)
        {
            throw new StartRefusedException(
                StartRefusedException.Cluster, $"the Redis of the cluster does not answer ({e.FailureType}). See {SiloClusterOptions.Section}:Redis.", e);
        }
    }

    /// <summary>The port itself if it is free, or a free one for 0.</summary>
    private static int PortOf(int port, string name, IPAddress address)
    {
        if (port is < 0 or > 65_535)
            throw new StartRefusedException(StartRefusedException.Settings, $"{SiloClusterOptions.Section}:{name} is {port}; it must be 0 to 65535.");
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw new StartRefusedException(StartRefusedException.PortInUse, $"{SiloClusterOptions.Section}:{name}: cannot listen on {address}:{port}: {e.Message}", e);
        }
    }
}
#endif
