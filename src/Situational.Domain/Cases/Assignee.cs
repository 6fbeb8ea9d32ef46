namespace Situational.Domain.Cases;

/// <summary>To whom a case is given.</summary>
/// <param name="Kind">What the id names.</param>
/// <param name="Id">Id of the unit or squad, or code of the department.</param>
public sealed record Assignee(AssigneeKind Kind, string Id);

/// <summary>Kind of an assignee. The numbers stand in the journal.</summary>
public enum AssigneeKind
{
    /// <summary>巡防单元.</summary>
    Unit = 1,

    /// <summary>巡防队.</summary>
    Squad = 2,

    /// <summary>部门.</summary>
    Department = 3,
}
