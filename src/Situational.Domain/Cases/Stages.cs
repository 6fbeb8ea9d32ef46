namespace Situational.Domain.Cases;

/// <summary>What kind of stage a stage is.</summary>
public static class Stages
{
    /// <summary>Whether a case of that stage is open: something is still to be done about it.</summary>
    public static bool IsOpen(this Stage stage) => stage is not (Stage.Closed or Stage.Rejected or Stage.Merged);
}
