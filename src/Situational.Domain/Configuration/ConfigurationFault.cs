namespace Situational.Domain.Configuration;

/// <summary>A reason to refuse a file of configuration.</summary>
/// <param name="File">Which file: <c>catalogue</c> or <c>calendar</c>.</param>
/// <param name="Path">The field, such as <c>categories[3].limits.handle</c>; empty if the fault is the file's.</param>
/// <param name="Reason">Reason in kebab-case, such as <c>duplicate-code</c>.</param>
/// <param name="Text">The field, its fault and the limit, in a sentence.</param>
public sealed record ConfigurationFault(string File, string Path, string Reason, string Text);
