using Situational.Domain.Cases;

namespace Situational.Host.Identity;

/// <summary>What persons at desks are, and as what they act on cases.</summary>
internal static class DeskRoles
{
    /// <summary>Leads a squad.</summary>
    public const string Lead = "lead";

    private const string Supervisor = "supervisor";

    /// <summary>All of them.</summary>
    public static readonly string[] All = ["officer", Supervisor, Lead];

    /// <summary>The role on cases: a patrol lead acts as a worker does.</summary>
    public static Role Of(string role) => role switch
    {
        Lead => Role.Worker,
        Supervisor => Role.Supervisor,
        _ => Role.Officer,
    };
}
