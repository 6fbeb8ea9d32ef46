namespace Situational.Domain.Cases;

/// <summary>Who did something.</summary>
/// <param name="Id">Who, 1 to 64 characters: a person's, unit's, department's or system's id. Never a reporter's name.</param>
/// <param name="Role">In which role.</param>
/// <param name="From">From which address, for the audit trail; null for the system itself.</param>
public sealed record Actor(string Id, Role Role, string? From = null)
{
    /// <summary>The system itself: its clocks and rules.</summary>
    public static Actor System { get; } = new("situational", Role.System);
}

/// <summary>A role in the loop. The numbers stand in the journal.</summary>
public enum Role
{
    /// <summary>上报人: whoever reported.</summary>
    Reporter = 1,

    /// <summary>网格员: grid worker, courier or unit that handles.</summary>
    Worker = 2,

    /// <summary>处置部门: a department.</summary>
    Department = 3,

    /// <summary>值班员: duty officer.</summary>
    Officer = 4,

    /// <summary>督查: supervisor.</summary>
    Supervisor = 5,

    /// <summary>系统: the system itself.</summary>
    System = 6,
}
