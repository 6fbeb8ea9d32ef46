using Situational.Contracts.Http;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Host.Api;

/// <summary>Units and what is known of their duty, as the API answers them.</summary>
internal static class UnitAnswers
{
    /// <summary>A unit of the live picture.</summary>
    public static UnitAnswer Row(UnitView unit) => new(
        unit.Id, unit.CallSign, unit.Squad, unit.Grid, unit.Latitude, unit.Longitude, DateTimeOffset.FromUnixTimeMilliseconds(unit.MeasuredAtMs),
        Name(unit.State), unit.HeadingDegrees is { } heading ? Math.Round(heading, 1) : null, Names(unit.Marks), unit.BatteryPercent,
        Time(unit.EnteredAtMs), Time(unit.SosAtMs));

    /// <summary>A unit of a squad. Off duty it has neither place nor time.</summary>
    public static SquadMemberAnswer Member(SquadMember member, IReadOnlyList<string> cases) => member.Row is { } row
        ? new SquadMemberAnswer(
            member.Duty.Unit, member.CallSign, member.Duty.OnDuty, Time(member.Duty.SinceMs), Name((UnitState)row.State), Time(row.MeasuredAtMs),
            row.BatteryPercent >= 0 ? row.BatteryPercent : null, member.Grid, Time(row.EnteredAtMs), cases, Sos(member.Duty.Sos))
        : new SquadMemberAnswer(
            member.Duty.Unit, member.CallSign, member.Duty.OnDuty, Time(member.Duty.SinceMs), null, null, null, null, null, cases,
            // a call of an earlier shift says where they were
            member.Duty.OnDuty ? Sos(member.Duty.Sos) : Sos(member.Duty.Sos is { } sos ? sos with { Latitude = double.NaN, Longitude = double.NaN } : null));

    /// <summary>A duty state.</summary>
    public static DutyAnswer Duty(DutyRow duty) => new(duty.Unit, duty.OnDuty, Time(duty.SinceMs));

    /// <summary>A call for help.</summary>
    public static SosAnswer? Sos(SosRow? sos) => sos is null ? null : new SosAnswer(
        DateTimeOffset.FromUnixTimeMilliseconds(sos.AtMs), Number(sos.Latitude), Number(sos.Longitude), sos.Note, Time(sos.AnsweredAtMs),
        sos.AnsweredBy, sos.Answer);

    private static DateTimeOffset? Time(long ms) => ms == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static double? Number(double number) => double.IsFinite(number) ? number : null;

    private static string Name(UnitState state) => state switch
    {
        UnitState.Live => "live",
        UnitState.Late => "late",
        UnitState.Stale => "stale",
        UnitState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string[] Names(FixMarks marks) => marks switch
    {
        FixMarks.None => [],
        FixMarks.Future => ["future"],
        FixMarks.Jump => ["jump"],
        _ => ["future", "jump"],
    };
}
