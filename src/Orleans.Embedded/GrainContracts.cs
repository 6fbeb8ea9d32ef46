namespace Orleans;

/// <summary>A grain.</summary>
public interface IGrain : Runtime.IAddressable;

/// <summary>A grain whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>An object that is not a grain and that grains can call.</summary>
public interface IGrainObserver : Runtime.IAddressable;
