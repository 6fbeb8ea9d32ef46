using Situational.Domain.Geometry;

namespace Situational.Domain.Patrols;

/// <summary>What becomes of a fix beside the newest one of its unit.</summary>
public enum FixOutcome
{
    /// <summary>It is the unit's newest now.</summary>
    Moved = 0,

    /// <summary>It is older: it moves no marker.</summary>
    Older = 1,

    /// <summary>It is the newest itself, sent again: ignored.</summary>
    Repeated = 2,
}

/// <summary>The times and the place of a fix, as far as order and plausibility need them.</summary>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="TakenAtMs">The time it is kept at: that of measurement, or that of arrival if it was dated ahead. Milliseconds since 1970.</param>
/// <param name="StatedAtMs">The time of measurement as the device stated it, milliseconds since 1970.</param>
/// <param name="Marks">What is odd about it.</param>
public readonly record struct TakenFix(double Latitude, double Longitude, long TakenAtMs, long StatedAtMs, FixMarks Marks);

/// <summary>
/// Order and plausibility of a unit's fixes. An older fix never moves a marker and an equal one is ignored. A fix dated ahead is kept at
/// its arrival time and marked. Because that time is a guess, a marked fix does not hold out against a right one: a right fix measured up
/// to <see cref="FutureToleranceMs"/> before the guess still replaces it. Between two fixes dated ahead (a device whose clock runs ahead,
/// or a server whose clock was set back) the later stated one is newer, and so is one that arrived later: neither clock, whichever is
/// wrong, can freeze a marker.
/// </summary>
public static class FixOrder
{
    /// <summary>How far ahead of its arrival a fix may be dated, in milliseconds.</summary>
    public const long FutureToleranceMs = 30_000;

    /// <summary>The speed between two fixes beyond which the later one is marked as a jump, in metres per second.</summary>
    public const double JumpMetersPerSecond = 100;

    /// <summary>More than any degree has, of latitude or longitude.</summary>
    private const double MostMetersPerDegree = 112_000;

    /// <summary>Judges the first fix of a unit: always taken.</summary>
    public static TakenFix First(double latitude, double longitude, long statedAtMs, long arrivedAtMs)
    {
        var ahead = IsAhead(statedAtMs, arrivedAtMs);
        return new TakenFix(latitude, longitude, ahead ? arrivedAtMs : statedAtMs, statedAtMs, ahead ? FixMarks.Future : FixMarks.None);
    }

    /// <summary>Judges a fix against the newest one of its unit.</summary>
    /// <param name="newest">The unit's newest fix.</param>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    /// <param name="statedAtMs">Time of measurement as stated, milliseconds since 1970.</param>
    /// <param name="arrivedAtMs">Time of arrival, milliseconds since 1970.</param>
    /// <param name="taken">The fix as it is kept if it moved, with its marks; its marks are right for the other outcomes too.</param>
    public static FixOutcome Judge(
        in TakenFix newest, double latitude, double longitude, long statedAtMs, long arrivedAtMs, out TakenFix taken)
    {
        taken = First(latitude, longitude, statedAtMs, arrivedAtMs);
        var outcome = Compare(newest, taken);
        if (outcome == FixOutcome.Moved && IsJump(newest, taken))
            taken = taken with { Marks = taken.Marks | FixMarks.Jump };
        return outcome;
    }

    private static FixOutcome Compare(in TakenFix newest, in TakenFix taken)
    {
        if (taken.StatedAtMs == newest.StatedAtMs)
            return FixOutcome.Repeated;
        if (taken.TakenAtMs > newest.TakenAtMs)
            return FixOutcome.Moved;
        if ((taken.Marks & FixMarks.Future) != 0)
            return taken.StatedAtMs > newest.StatedAtMs ? FixOutcome.Moved : FixOutcome.Older;
        if ((newest.Marks & FixMarks.Future) != 0 && taken.TakenAtMs > newest.TakenAtMs - FutureToleranceMs)
            return FixOutcome.Moved;
        return taken.TakenAtMs == newest.TakenAtMs ? FixOutcome.Repeated : FixOutcome.Older;
    }

    private static bool IsJump(in TakenFix newest, in TakenFix taken)
    {
        // Guessed times may stand still or run back; then the way is judged as if it had taken a second.
        var seconds = taken.TakenAtMs > newest.TakenAtMs ? (taken.TakenAtMs - newest.TakenAtMs) / 1000.0 : 1;
        var reach = JumpMetersPerSecond * seconds;
        // Along the axes the way is no shorter and no sine is needed: nearly every fix is within reach by that alone.
        if ((Math.Abs(taken.Latitude - newest.Latitude) + Math.Abs(taken.Longitude - newest.Longitude)) * MostMetersPerDegree <= reach)
            return false;
        return Distance.Meters(newest.Latitude, newest.Longitude, taken.Latitude, taken.Longitude) > reach;
    }

    private static bool IsAhead(long statedAtMs, long arrivedAtMs) => statedAtMs - arrivedAtMs > FutureToleranceMs;
}
