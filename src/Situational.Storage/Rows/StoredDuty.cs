using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>A unit's duty state as its row.</summary>
internal static class StoredDuty
{
    public static StoredRow Of(UnitDuty duty) => StoredRow.Of(duty, Stored.Json.UnitDuty, duty.Unit, 0);

    /// <summary>Decodes a state; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, string unit, out UnitDuty? duty) => row.Read(Stored.Json.UnitDuty, unit, 0, out duty);
}
