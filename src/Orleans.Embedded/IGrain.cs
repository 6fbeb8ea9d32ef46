namespace Orleans;

/// <summary>A grain.</summary>
public interface IGrain : Runtime.IAddressable;

/// <summary>A grain whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;
