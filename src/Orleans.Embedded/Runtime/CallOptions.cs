namespace Orleans.Runtime;

/// <summary>What the attributes of an interface method say.</summary>
[Flags]
internal enum CallOptions
{
    None = 0,
    OneWay = 1,
    ReadOnly = 2,
    AlwaysInterleave = 4,
}
