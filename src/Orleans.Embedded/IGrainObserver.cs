namespace Orleans;

/// <summary>An object that is not a grain and that grains can call.</summary>
public interface IGrainObserver : Runtime.IAddressable;
