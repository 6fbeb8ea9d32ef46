namespace Situational.Host.Ingest;

/// <summary>What becomes of a unit that nobody has enrolled.</summary>
internal enum Enrolment
{
    /// <summary>It joins the squad that its fix names, or <c>unassigned</c>.</summary>
    ByFix = 0,

    /// <summary>It joins <c>unassigned</c>, whatever its fix names.</summary>
    Unassigned = 1,

    /// <summary>Its fixes are refused.</summary>
    Refuse = 2,
}
