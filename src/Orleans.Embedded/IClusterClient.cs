namespace Orleans;

/// <summary>A client of the cluster; inside a silo it is a grain factory.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The host's services.</summary>
    IServiceProvider ServiceProvider { get; }
}
