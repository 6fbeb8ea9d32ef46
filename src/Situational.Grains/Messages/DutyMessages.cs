using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>A person puts a unit on or off duty.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="On">True for on.</param>
/// <param name="By">Who.</param>
[GenerateSerializer, Immutable, Alias("situational.duty-command")]
public sealed record DutyCommand([property: Id(0)] string Unit, [property: Id(1)] bool On, [property: Id(2)] ActorStatement By);

/// <summary>A unit calls for help.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Latitude">WGS-84 degrees, NaN if nobody said where.</param>
/// <param name="Longitude">WGS-84 degrees, NaN if nobody said where.</param>
/// <param name="Note">At most 1,000 characters.</param>
/// <param name="By">Who.</param>
[GenerateSerializer, Immutable, Alias("situational.sos-command")]
public sealed record SosCommand(
    [property: Id(0)] string Unit, [property: Id(1)] double Latitude, [property: Id(2)] double Longitude, [property: Id(3)] string? Note,
    [property: Id(4)] ActorStatement By);

/// <summary>A person takes care of a unit's call for help.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Note">At most 1,000 characters.</param>
/// <param name="By">Who.</param>
[GenerateSerializer, Immutable, Alias("situational.sos-reply")]
public sealed record SosReply([property: Id(0)] string Unit, [property: Id(1)] string? Note, [property: Id(2)] ActorStatement By);

/// <summary>What became of a word about a unit's duty.</summary>
public enum DutyVerdict
{
    /// <summary>It is durable and told.</summary>
    Done = 0,

    /// <summary>It was so already: nothing was written.</summary>
    Unchanged = 1,

    /// <summary>A unit that calls for help does not go off duty before someone has answered.</summary>
    SosOpen = 2,

    /// <summary>There is no call to answer.</summary>
    NoSos = 3,

    /// <summary>The store is away: nothing changed.</summary>
    StoreAway = 4,

    /// <summary>It was added to the call that is open; durable and told.</summary>
    Added = 5,
}

/// <summary>How a unit stands after a word about its duty.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Duty">How the unit stands; null when the store is away.</param>
[GenerateSerializer, Immutable, Alias("situational.duty-receipt")]
public sealed record DutyReceipt([property: Id(0)] DutyVerdict Verdict, [property: Id(1)] DutyRow? Duty);

/// <summary>A unit's duty state.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="OnDuty">Whether its positions are taken and shown.</param>
/// <param name="SinceMs">Since when, milliseconds since 1970; 0 when nobody ever said.</param>
/// <param name="Sos">Its newest call for help; null for none.</param>
[GenerateSerializer, Immutable, Alias("situational.duty-row")]
public sealed record DutyRow(
    [property: Id(0)] string Unit, [property: Id(1)] bool OnDuty, [property: Id(2)] long SinceMs, [property: Id(3)] SosRow? Sos);

/// <summary>A unit's call for help.</summary>
/// <param name="AtMs">When, milliseconds since 1970.</param>
/// <param name="Latitude">WGS-84 degrees, NaN if not known.</param>
/// <param name="Longitude">WGS-84 degrees, NaN if not known.</param>
/// <param name="Note">What was said.</param>
/// <param name="AnsweredAtMs">When someone answered, milliseconds since 1970; 0 while nobody has.</param>
/// <param name="AnsweredBy">Id of who answered.</param>
/// <param name="Answer">What they said.</param>
[GenerateSerializer, Immutable, Alias("situational.sos-row")]
public sealed record SosRow(
    [property: Id(0)] long AtMs, [property: Id(1)] double Latitude, [property: Id(2)] double Longitude, [property: Id(3)] string? Note,
    [property: Id(4)] long AnsweredAtMs, [property: Id(5)] string? AnsweredBy, [property: Id(6)] string? Answer);

/// <summary>Who is in a squad.</summary>
/// <param name="Known">False while the store could not be read since activation: then nobody knows who is on duty, and there are no members.</param>
/// <param name="Members">Units of which a fix, or a word about their duty, is known; in no order.</param>
[GenerateSerializer, Immutable, Alias("situational.squad-description")]
public sealed record SquadDescription([property: Id(0)] bool Known, [property: Id(1)] ImmutableArray<SquadMember> Members);

/// <summary>A unit of a squad. Of one that is off duty it says neither place nor time.</summary>
/// <param name="Duty">Its duty state.</param>
/// <param name="CallSign">What the wall shows.</param>
/// <param name="Row">As its grid is told; null off duty, and when no fix is known.</param>
/// <param name="Grid">Code of its grid, or <c>outside</c>; null when there is no row.</param>
[GenerateSerializer, Immutable, Alias("situational.squad-member")]
public sealed record SquadMember(
    [property: Id(0)] DutyRow Duty, [property: Id(1)] string CallSign, [property: Id(2)] UnitRow? Row, [property: Id(3)] string? Grid);
