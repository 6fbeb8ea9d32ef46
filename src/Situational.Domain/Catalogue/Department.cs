namespace Situational.Domain.Catalogue;

/// <summary>An office that deals with cases and answers whistles.</summary>
/// <param name="Code">Unique; 1 to 64 lower-case letters, digits and hyphens.</param>
/// <param name="Name">What people call it.</param>
public sealed record Department(string Code, LocalName Name);
