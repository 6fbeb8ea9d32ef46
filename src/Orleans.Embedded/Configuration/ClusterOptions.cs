namespace Orleans.Configuration;

/// <summary>Which cluster and service the silo belongs to. Names only, in one process.</summary>
public class ClusterOptions
{
    /// <summary>The cluster; default <c>default</c>.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>The service, which outlives clusters; default <c>default</c>.</summary>
    public string ServiceId { get; set; } = "default";
}
