namespace Situational.Host.Cluster;

/// <summary>How the silo meets others, section <c>Situational:Cluster</c>. Without <see cref="Redis"/> it is alone.</summary>
internal sealed class SiloClusterOptions
{
    /// <summary>The section these settings are read from.</summary>
    public const string Section = "Situational:Cluster";

    /// <summary>
    /// StackExchange.Redis connection string of the server that holds membership and grain directory, such as
    /// <c>10.0.0.5:6379,password=…</c>. Default: none, one silo. Only on Orleans.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>Name of the cluster: silos of the same name at the same Redis are one. Default: <c>situational</c>.</summary>
    public string Id { get; set; } = "situational";

    /// <summary>Address at which the other silos reach this one. Default: <c>127.0.0.1</c>, for silos of one machine.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port for other silos, 1 to 65535, or 0 for a free one. Default: 0.</summary>
    public int SiloPort { get; set; }

    /// <summary>Port for clients that are no silos, 1 to 65535, or 0 for a free one. Default: 0.</summary>
    public int GatewayPort { get; set; }
}
