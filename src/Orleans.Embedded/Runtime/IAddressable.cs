namespace Orleans.Runtime;

/// <summary>Something that can be called across silos.</summary>
public interface IAddressable;
