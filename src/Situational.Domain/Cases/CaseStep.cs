namespace Situational.Domain.Cases;

/// <summary>A step that a person takes with a case.</summary>
public enum CaseStep
{
    /// <summary>reported → handling.</summary>
    Start = 0,

    /// <summary>reported or handling → closed.</summary>
    Close = 1,
}
