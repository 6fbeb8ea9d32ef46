namespace Situational.Domain.Cases;

/// <summary>What someone wants done in a grid.</summary>
public abstract record GridCommand
{
    /// <summary>Open a case for a report.</summary>
    /// <param name="Report">The report; its limits were checked at the door.</param>
    /// <param name="TerritoryVersion">Version of the territory in force.</param>
    public sealed record Open(Report Report, int TerritoryVersion) : GridCommand;

    /// <summary>Take a case a step further.</summary>
    /// <param name="CaseId">The case's id.</param>
    /// <param name="What">The step.</param>
    /// <param name="Note">Why or how, at most 4,000 characters; null keeps the note before.</param>
    public sealed record Step(string CaseId, CaseStep What, string? Note) : GridCommand;
}
