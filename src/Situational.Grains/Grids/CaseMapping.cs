using Situational.Domain.Cases;
using Situational.Domain.Risk;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>Between the domain's cases and the messages about them.</summary>
internal static class CaseMapping
{
    /// <summary>The report that a command carries.</summary>
    public static Report ToReport(this ReportCommand command) => new(
        command.Category, (Severity)command.Severity, command.Description, command.Latitude, command.Longitude, command.Source,
        command.ReporterName, command.ReporterPhone, command.Photos.IsDefault ? [] : command.Photos);

    /// <summary>A case in full but for personal data.</summary>
    public static CaseDetail ToDetail(this Case one) => new(
        one.Id, one.Grid, one.TerritoryVersion, one.Report.Category, (byte)one.Report.Severity, (byte)one.Stage, one.Report.Description,
        one.Report.Latitude, one.Report.Longitude, one.Report.Source, [.. one.Report.Photos], one.ReportedAt, one.UpdatedAt,
        one.StartedAt, one.ClosedAt, one.Note);

    /// <summary>A case as the feed shows it.</summary>
    public static CaseRow ToRow(this Case one, RiskRules rules) => new(
        one.Id, one.Report.Category, (byte)one.Report.Severity, (byte)one.Stage, one.Report.Latitude, one.Report.Longitude,
        one.ReportedAt.ToUnixTimeMilliseconds(), rules.DueAt(one).ToUnixTimeMilliseconds());

    /// <summary>The step that an action means.</summary>
    public static CaseStep ToStep(this CaseAction action) => action == CaseAction.Start ? CaseStep.Start : CaseStep.Close;

    /// <summary>The action that a step means.</summary>
    public static CaseAction ToAction(this CaseStep step) => step == CaseStep.Start ? CaseAction.Start : CaseAction.Close;
}
