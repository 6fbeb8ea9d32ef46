namespace Orleans.Runtime;

/// <summary>The answer of a method that returns a bare <see cref="Task"/>.</summary>
internal readonly struct Nothing;
