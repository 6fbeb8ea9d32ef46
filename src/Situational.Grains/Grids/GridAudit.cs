using System.Globalization;
using System.Text;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>What the audit trail keeps of a command: who did what to which case (or brought which territory), and why; nothing about the reporter and nothing of a report's words.</summary>
internal static class GridAudit
{
    private static readonly Dictionary<CaseStep, string> Steps = Enum.GetValues<CaseStep>().ToDictionary(
        step => step,
        // as the step is called on the API
        step => step == CaseStep.Blow ? "case.whistle" : "case." + Kebab(step.ToString()));
    private static readonly Dictionary<Role, string> Roles = Enum.GetValues<Role>().ToDictionary(role => role, role => Kebab(role.ToString()));

    /// <summary>The entry; null for what the system does by itself.</summary>
    public static AuditEntry? Of(GridCommand command, Decision.Accepted accepted) => command switch
    {
        GridCommand.Open open => Entry(accepted, open.By, "report", accepted.Case?.Id ?? "", null),
        GridCommand.Step step => Entry(accepted, step.By, Steps[step.What], step.CaseId, step.Reason),
        _ => null,
    };

    /// <summary>The entry of a territory that comes into force; null when nobody is named.</summary>
    public static AuditEntry? Of(TerritoryProposal proposal, StoredTerritory next) => proposal.By is { } by
        ? new AuditEntry(
            next.InForceAt!.Value, by.Id, Roles[(Role)by.Role], by.From, "territory.put", next.Version.ToString(CultureInfo.InvariantCulture), proposal.Detail)
        : null;

    /// <summary>The name of a role as the audit trail has it.</summary>
    public static string NameOf(Role role) => Roles[role];

    private static AuditEntry Entry(Decision.Accepted accepted, Actor by, string what, string target, string? detail) =>
        new(accepted.Events[0].At, by.Id, Roles[by.Role], by.From, what, target, detail);

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
