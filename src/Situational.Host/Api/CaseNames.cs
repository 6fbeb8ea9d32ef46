using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Grains.Messages;

namespace Situational.Host.Api;

/// <summary>How severities, stages and cases are called on the API.</summary>
internal static class CaseNames
{
    /// <summary>Names of the severities, most severe first.</summary>
    public static readonly string[] Severities = ["red", "orange", "yellow", "blue"];

    /// <summary>Names of the stages.</summary>
    public static readonly string[] Stages = ["reported", "handling", "closed"];

    /// <summary>The severity's name.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Red => "red",
        Severity.Orange => "orange",
        Severity.Yellow => "yellow",
        Severity.Blue => "blue",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    /// <summary>The stage's name.</summary>
    public static string Of(Stage stage) => stage switch
    {
        Stage.Reported => "reported",
        Stage.Handling => "handling",
        Stage.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };

    /// <summary>The severity of that name.</summary>
    public static bool TryParseSeverity(string? name, out Severity severity)
    {
        severity = name switch { "red" => Severity.Red, "orange" => Severity.Orange, "yellow" => Severity.Yellow, "blue" => Severity.Blue, _ => 0 };
        return severity != 0;
    }

    /// <summary>The stage of that name.</summary>
    public static bool TryParseStage(string? name, out Stage stage)
    {
        stage = name switch { "reported" => Stage.Reported, "handling" => Stage.Handling, "closed" => Stage.Closed, _ => 0 };
        return stage != 0;
    }

    /// <summary>A case from the journal as the API shows it, without personal data.</summary>
    public static CaseAnswer Of(Case found) => new(
        found.Id, found.Grid, found.TerritoryVersion, found.Report.Category, Of(found.Report.Severity), Of(found.Stage), found.Report.Description,
        found.Report.Latitude, found.Report.Longitude, found.Report.Source, found.Report.Photos, found.ReportedAt, found.UpdatedAt, found.StartedAt,
        found.ClosedAt, found.Note);

    /// <summary>A case from its grid as the API shows it.</summary>
    public static CaseAnswer Of(CaseDetail detail) => new(
        detail.Id, detail.Grid, detail.TerritoryVersion, detail.Category, Of((Severity)detail.Severity), Of((Stage)detail.Stage), detail.Description,
        detail.Latitude, detail.Longitude, detail.Source, detail.Photos, detail.ReportedAt, detail.UpdatedAt, detail.StartedAt, detail.ClosedAt,
        detail.Note);
}
