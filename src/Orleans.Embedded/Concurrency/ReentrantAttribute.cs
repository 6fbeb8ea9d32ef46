namespace Orleans.Concurrency;

/// <summary>Calls to grains of this class may interleave at their awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
