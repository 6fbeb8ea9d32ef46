using Situational.Domain.Geometry;
using Situational.Domain.Territory;

namespace Situational.Domain.Patrols;

/// <summary>Where a unit is held to be, and what speaks for another grid. Ordinals are those of one territory; -1 is outside all grids.</summary>
/// <param name="Ordinal">The grid that owns the unit.</param>
/// <param name="Candidate">The other grid in which its latest fixes lay without a break; equal to <paramref name="Ordinal"/> if none.</param>
/// <param name="CandidateSinceMs">When the first of those was taken, milliseconds since 1970.</param>
/// <param name="Beyond">Whether the latest fix lay outside the owning grid by more than its margin.</param>
/// <param name="Left">The grid that owned it before, or <see cref="NoGrid"/>.</param>
/// <param name="LeftAtMs">When it left that one, milliseconds since 1970.</param>
public readonly record struct GridHold(int Ordinal, int Candidate, long CandidateSinceMs, bool Beyond, int Left, long LeftAtMs)
{
    /// <summary>Stands for no grid and not for the outside either.</summary>
    public const int NoGrid = -2;

    /// <summary>The hold of a unit of which nothing else is known.</summary>
    /// <param name="ordinal">The grid that owns it.</param>
    public static GridHold In(int ordinal) => new(ordinal, ordinal, 0, false, NoGrid, 0);
}

/// <summary>
/// Keeps a unit on a border from flapping between grids. The first fix puts it where the point is. After that it changes grid only when
/// <list type="bullet">
/// <item>a fix lies outside its present grid by more than the margin (the fix's accuracy, at least <see cref="LeastMarginMeters"/>), and
/// so did the fix before, or it lies outside by more than <see cref="AtOnceMargins"/> margins: accuracy is the radius of 68 %, so one fix
/// in a few lies beyond a single margin by chance, but hardly two in a row and hardly one beyond two margins; or</item>
/// <item>it has been inside the same other grid without a break for <see cref="DwellMs"/>.</item>
/// </list>
/// It then belongs to the grid in which that fix lies. Back into the grid that it left less than <see cref="ReturnMs"/> ago, margin and
/// minute count <see cref="ReturnFactor"/> times: a unit that stands on a border for an hour passes every single test by chance sooner or
/// later, and then would pass it the other way as often.
/// </summary>
public static class GridHysteresis
{
    /// <summary>Least margin, in metres.</summary>
    public const double LeastMarginMeters = 15;

    /// <summary>Beyond how many margins a single fix is believed.</summary>
    public const double AtOnceMargins = 2;

    /// <summary>How long a unit has to be inside another grid to belong to it whatever the margin, in milliseconds.</summary>
    public const long DwellMs = 60_000;

    /// <summary>For how long the way back is the harder one, in milliseconds.</summary>
    public const long ReturnMs = 3_600_000;

    /// <summary>How much harder.</summary>
    public const int ReturnFactor = 2;

    /// <summary>The hold of a unit's first fix.</summary>
    public static GridHold First(TerritoryIndex index, double latitude, double longitude) => GridHold.In(index.Locate(latitude, longitude));

    /// <summary>The hold after another fix.</summary>
    /// <param name="index">The territory.</param>
    /// <param name="held">The hold before.</param>
    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees.</param>
    /// <param name="accuracyMeters">The fix's accuracy; NaN if unknown.</param>
    /// <param name="takenAtMs">The time the fix is kept at, milliseconds since 1970.</param>
    /// <param name="here">Ordinal of the grid in which the fix itself lies, or -1.</param>
    public static GridHold Next(
        TerritoryIndex index, in GridHold held, double latitude, double longitude, double accuracyMeters, long takenAtMs, out int here)
    {
        here = index.Locate(latitude, longitude);
        if (here == held.Ordinal)
            return held with { Candidate = here, CandidateSinceMs = 0, Beyond = false };
        var factor = here == held.Left && takenAtMs - held.LeftAtMs < ReturnMs ? ReturnFactor : 1;
        var margin = factor * (accuracyMeters > LeastMarginMeters ? accuracyMeters : LeastMarginMeters);
        var beyond = IsBeyond(index, held.Ordinal, latitude, longitude, margin);
        // A guessed time may run back; the minute then begins anew.
        var since = here == held.Candidate && takenAtMs >= held.CandidateSinceMs ? held.CandidateSinceMs : takenAtMs;
        var changes = takenAtMs - since >= factor * DwellMs
            || (beyond && (held.Beyond || IsBeyond(index, held.Ordinal, latitude, longitude, AtOnceMargins * margin)));
        return changes
            ? new GridHold(here, here, 0, false, held.Ordinal, takenAtMs)
            : held with { Candidate = here, CandidateSinceMs = since, Beyond = beyond };
    }

    private static bool IsBeyond(TerritoryIndex index, int ordinal, double latitude, double longitude, double meters) =>
        ordinal >= 0 ? index.OutsideByMeters(ordinal, latitude, longitude) > meters : IsInsideBy(index, latitude, longitude, meters);

    /// <summary>Whether a point lies deeper in the territory than that: so do eight points around it at that distance.</summary>
    private static bool IsInsideBy(TerritoryIndex index, double latitude, double longitude, double meters)
    {
        const double Diagonal = 0.70710678118654752;
        var scale = MetricScale.At(latitude);
        var north = meters / scale.MetersPerDegreeLatitude;
        var east = meters / Math.Max(1, scale.MetersPerDegreeLongitude);
        return index.Locate(latitude + north, longitude) >= 0
            && index.Locate(latitude - north, longitude) >= 0
            && index.Locate(latitude, longitude + east) >= 0
            && index.Locate(latitude, longitude - east) >= 0
            && index.Locate(latitude + north * Diagonal, longitude + east * Diagonal) >= 0
            && index.Locate(latitude + north * Diagonal, longitude - east * Diagonal) >= 0
            && index.Locate(latitude - north * Diagonal, longitude + east * Diagonal) >= 0
            && index.Locate(latitude - north * Diagonal, longitude - east * Diagonal) >= 0;
    }
}
