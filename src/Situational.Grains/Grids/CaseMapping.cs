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
        command.ReporterName, command.ReporterPhone, command.Photos.IsDefault ? [] : command.Photos, command.Device);

    /// <summary>Who acts; the system when nobody is named.</summary>
    public static Actor ToActor(this ActorStatement? by) => by is null ? Actor.System : new Actor(by.Id, (Role)by.Role, by.From);

    /// <summary>The case in full.</summary>
    public static CaseDocument ToDocument(this Case one) => CaseDocument.Of(one);

    /// <summary>A case as the feed shows it.</summary>
    public static CaseRow ToRow(this Case one, RiskRules rules) => new(
        one.Id, one.Report.Category, (byte)one.Severity, (byte)one.Stage, one.Report.Latitude, one.Report.Longitude,
        one.ReportedAt.ToUnixTimeMilliseconds(), rules.DueAt(one).ToUnixTimeMilliseconds(), (byte)one.Level, one.Escalations);
}
