namespace Situational.Domain.Catalogue;

/// <summary>Who rates how a case was dealt with.</summary>
/// <param name="Code">Unique; 1 to 64 lower-case letters, digits and hyphens.</param>
/// <param name="Name">What people call them.</param>
public sealed record RatingKind(string Code, LocalName Name)
{
    /// <summary>Worst and best score.</summary>
    public const int MinScore = 1, MaxScore = 5;
}
