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

    /// <summary>The command to open a case for a report.</summary>
    public static GridCommand.Open ToOpen(this ReportCommand command, int territoryVersion) => new(
        command.ToReport(), territoryVersion, command.By.ToActor(), command.Spot?.ToSpot(), command.Spot?.Near.ToFix())
    {
        Beyond = command.Beyond.IsDefaultOrEmpty
            ? []
            : [.. command.Beyond.Select(b => new NearCase(b.Id, b.Latitude, b.Longitude, DateTimeOffset.FromUnixTimeMilliseconds(b.ReportedAtMs)))],
    };

    /// <summary>The step that a command asks for.</summary>
    public static GridCommand.Step ToStep(this CaseCommand command) => new(command.CaseId, (CaseStep)command.Step, command.By.ToActor())
    {
        IfRevision = command.IfRevision,
        Note = command.Note,
        Reason = command.Reason,
        Assignee = command.Assignee is { } to ? new Assignee((AssigneeKind)command.AssigneeKind, to) : null,
        Photos = command.Photos,
        Until = command.Until,
        Severity = command.Severity == 0 ? null : (Severity)command.Severity,
        RatingKind = command.RatingKind,
        Score = command.Score,
        Other = command.Other,
        Near = command.Near.ToFix(),
        WhistleKind = command.WhistleKind,
        Departments = command.Departments,
        Whistle = command.Whistle,
        Department = command.Department,
        Muster = command.Muster == 0 ? null : (MusterState)command.Muster,
        CounterProposal = command.CounterProposal,
    };

    /// <summary>What one grid offers another.</summary>
    public static HandoverMessage ToMessage(this Handover owed, string fromGrid) => new(
        fromGrid, (byte)owed.Kind, owed.TerritoryVersion, owed.Case.ToDocument(), owed.Into,
        new ActorStatement(owed.By.Id, (byte)owed.By.Role, owed.By.From));

    /// <summary>What another grid offers this one.</summary>
    public static GridCommand.Arrive ToArrival(this HandoverMessage offered, string grid) => new(
        offered.FromGrid,
        new Handover((HandoverKind)offered.Kind, grid, offered.TerritoryVersion, offered.Case.ToCase(), offered.Into, offered.By.ToActor()));

    private static OnTheSpot ToSpot(this SpotStatement spot) =>
        new(spot.Unit, spot.Note, spot.Photos.IsDefault ? [] : spot.Photos, spot.FoundAt, spot.FixedAt);

    private static UnitFix? ToFix(this NearFix? near) =>
        near is null ? null : new UnitFix(near.Unit, near.Latitude, near.Longitude, near.MeasuredAt);

    /// <summary>Who acts; the system when nobody is named.</summary>
    public static Actor ToActor(this ActorStatement? by) => by is null ? Actor.System : new Actor(by.Id, (Role)by.Role, by.From);

    /// <summary>The case in full.</summary>
    public static CaseDocument ToDocument(this Case one) => CaseDocument.Of(one);

    /// <summary>A case as the feed shows it.</summary>
    public static CaseRow ToRow(this Case one, RiskRules rules, DateTimeOffset now)
    {
        var row = new CaseRow(
            one.Id, one.Report.Category, (byte)one.Severity, (byte)one.Stage, one.Report.Latitude, one.Report.Longitude,
            one.ReportedAt.ToUnixTimeMilliseconds(), rules.NextDueAt(one)?.ToUnixTimeMilliseconds() ?? 0, (byte)rules.LevelOf(one, now),
            one.Escalations)
        {
            Assignee = Written(one.Assignee),
        };
        return one.FindOpenWhistle() is { } whistle
            ? row with
            {
                Whistle = whistle.Kind,
                Called = whistle.CountCalled(),
                Arrived = whistle.CountArrived(),
                WhistledAtMs = whistle.At.ToUnixTimeMilliseconds(),
            }
            : row;
    }

    private static string? Written(Assignee? to) => to?.Kind switch
    {
        null => null,
        AssigneeKind.Unit => "unit:" + to.Id,
        AssigneeKind.Squad => "squad:" + to.Id,
        AssigneeKind.Department => "department:" + to.Id,
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, null),
    };
}
