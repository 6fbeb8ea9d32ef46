using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>What a grid tells the live views: its summary, always whole, and what changed, or everything.</summary>
/// <param name="Grid">The grid's code.</param>
/// <param name="Activation">Random identity of the activation; another one may number anew.</param>
/// <param name="Previous">The grid's revision before; a view that has another one lost something and asks for <see cref="IGridGrain.StateAsync"/>.</param>
/// <param name="Revision">The grid's revision now, 1 to 2^53 - 1. It starts from the time of activation, so that a later activation is ahead.</param>
/// <param name="Full">True when <paramref name="Units"/> and <paramref name="Cases"/> are all there are.</param>
/// <param name="Summary">The grid's figures.</param>
/// <param name="Units">Units that are here and changed, or all.</param>
/// <param name="Left">Units that left.</param>
/// <param name="Cases">Open cases that changed, or all; of a case that ended its last row, which says by its stage how.</param>
/// <param name="Closed">Ids of cases that are no longer open here: ended, or moved to another grid.</param>
[GenerateSerializer, Immutable, Alias("situational.grid-change")]
public sealed record GridChange(
    [property: Id(0)] string Grid, [property: Id(1)] long Activation, [property: Id(2)] long Previous, [property: Id(3)] long Revision,
    [property: Id(4)] bool Full, [property: Id(5)] GridSummary Summary, [property: Id(6)] ImmutableArray<UnitRow> Units,
    [property: Id(7)] ImmutableArray<UnitLeft> Left, [property: Id(8)] ImmutableArray<CaseRow> Cases,
    [property: Id(9)] ImmutableArray<string> Closed);

/// <summary>A grid's figures.</summary>
/// <param name="TerritoryVersion">Version the grid knows.</param>
/// <param name="Risk">A <see cref="Domain.Cases.Severity"/> as colour.</param>
/// <param name="Score">The risk's number, 0 up.</param>
/// <param name="Silent">Nothing heard for longer than the limit.</param>
/// <param name="HeardAtMs">When a report or unit was last heard, milliseconds since 1970; 0 for never.</param>
/// <param name="Red">Open red cases.</param>
/// <param name="Orange">Open orange cases.</param>
/// <param name="Yellow">Open yellow cases.</param>
/// <param name="Blue">Open blue cases.</param>
/// <param name="Overdue">Open cases past a limit.</param>
/// <param name="Units">Units present that are not gone.</param>
/// <param name="Loaded">False while the store could not be read since activation: then the cases and the risk are not known, whatever the figures say.</param>
/// <param name="Lost">Events that the store had acknowledged and has lost since activation; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("situational.grid-summary")]
public readonly record struct GridSummary(
    [property: Id(0)] int TerritoryVersion, [property: Id(1)] byte Risk, [property: Id(2)] double Score, [property: Id(3)] bool Silent,
    [property: Id(4)] long HeardAtMs, [property: Id(5)] int Red, [property: Id(6)] int Orange, [property: Id(7)] int Yellow,
    [property: Id(8)] int Blue, [property: Id(9)] int Overdue, [property: Id(10)] int Units, [property: Id(11)] bool Loaded = true,
    [property: Id(12)] long Lost = 0);

/// <summary>An open case as the feed shows it; no personal data and no free text.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Category">Category code.</param>
/// <param name="Severity">A <see cref="Domain.Cases.Severity"/>.</param>
/// <param name="Stage">A <see cref="Domain.Cases.Stage"/>.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="ReportedAtMs">Milliseconds since 1970.</param>
/// <param name="DueAtMs">When its next clock falls due, or the one that is most overdue did, milliseconds since 1970; 0 for none.</param>
/// <param name="Level">The highest <see cref="Domain.Deadlines.DeadlineLevel"/> that it has reached.</param>
/// <param name="Escalations">How many levels it was escalated.</param>
/// <param name="Whistle">Code of the kind of its latest whistle that has not ended; null for none.</param>
/// <param name="Called">Departments called by that whistle that neither refused nor were dismissed.</param>
/// <param name="Arrived">Those of them that arrived or are done.</param>
/// <param name="WhistledAtMs">When that whistle was blown, milliseconds since 1970; 0 without one.</param>
/// <param name="Assignee">To whom it is given: <c>unit:</c>, <c>squad:</c> or <c>department:</c> and an id; null for nobody.</param>
[GenerateSerializer, Immutable, Alias("situational.case-row")]
public readonly record struct CaseRow(
    [property: Id(0)] string Id, [property: Id(1)] string Category, [property: Id(2)] byte Severity, [property: Id(3)] byte Stage,
    [property: Id(4)] double Latitude, [property: Id(5)] double Longitude, [property: Id(6)] long ReportedAtMs, [property: Id(7)] long DueAtMs,
    [property: Id(8)] byte Level = 0, [property: Id(9)] int Escalations = 0, [property: Id(10)] string? Whistle = null,
    [property: Id(11)] int Called = 0, [property: Id(12)] int Arrived = 0, [property: Id(13)] long WhistledAtMs = 0,
    [property: Id(14)] string? Assignee = null);

/// <summary>What the API shows of a grid.</summary>
/// <param name="Change">Its whole picture.</param>
/// <param name="Reasons">Why it has its risk, each as <see cref="Domain.Risk.RiskReasons"/> writes it: put into words where the reader's language is known.</param>
[GenerateSerializer, Immutable, Alias("situational.grid-description")]
public sealed record GridDescription([property: Id(0)] GridChange Change, [property: Id(1)] ImmutableArray<string> Reasons);
