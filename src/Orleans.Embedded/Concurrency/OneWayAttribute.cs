namespace Orleans.Concurrency;

/// <summary>The caller learns neither of the end nor of a failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
