using Situational.Domain.Journal;
using Situational.Grains.Messages;

namespace Situational.Grains.Squads;

/// <summary>
/// Which units of a squad are on duty, and who called for help. Before it was read from the store nothing is known, and then nobody may be
/// shown. Used inside one grain's turns only.
/// </summary>
internal sealed class DutyBook
{
    /// <summary>Stands for "nobody ever said" in <see cref="UnitDuty.Since"/>.</summary>
    public static readonly DateTimeOffset Ever = DateTimeOffset.UnixEpoch;

    private readonly Dictionary<string, UnitDuty> _duties = new(StringComparer.Ordinal);

    /// <summary>The store was read.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Everyone of whom something is kept.</summary>
    public IReadOnlyCollection<UnitDuty> All => _duties.Values;

    /// <summary>What is kept of a unit; null for one of whom nobody ever said anything: it is on duty.</summary>
    public UnitDuty? Of(string unit) => _duties.GetValueOrDefault(unit);

    /// <summary>Takes in what the store has.</summary>
    public void Open(IReadOnlyList<UnitDuty> stored)
    {
        foreach (var duty in stored)
            _duties[duty.Unit] = duty;
        IsKnown = true;
    }

    /// <summary>Keeps what is durable now.</summary>
    public void Put(UnitDuty duty) => _duties[duty.Unit] = duty;

    /// <summary>From when on fixes of a unit are taken, milliseconds since 1970; <see cref="long.MaxValue"/> while it is off duty.</summary>
    public static long TakesFromMs(UnitDuty? duty) =>
        duty is null ? 0 : duty.OnDuty ? duty.Since.ToUnixTimeMilliseconds() : long.MaxValue;

    /// <summary>When a unit called for help and nobody has answered yet, milliseconds since 1970; 0 for no such call.</summary>
    public static long SosAtMs(UnitDuty? duty) => duty?.Sos is { AnsweredAt: null } open ? open.At.ToUnixTimeMilliseconds() : 0;

    /// <summary>The state as others are told.</summary>
    public static DutyRow ToRow(string unit, UnitDuty? duty) => new(
        unit, duty?.OnDuty ?? true, duty?.Since.ToUnixTimeMilliseconds() ?? 0,
        duty?.Sos is { } sos
            ? new SosRow(
                sos.At.ToUnixTimeMilliseconds(), sos.Latitude ?? double.NaN, sos.Longitude ?? double.NaN, sos.Note,
                sos.AnsweredAt?.ToUnixTimeMilliseconds() ?? 0, sos.AnsweredBy, sos.Answer)
            : null);
}
