using System.Globalization;

namespace BlazorLeaflet;

/// <summary>A box of WGS-84 positions, in degrees. It does not cross the antimeridian.</summary>
/// <param name="South">Southern edge, −90 to 90, less than <paramref name="North"/>.</param>
/// <param name="West">Western edge, −180 to 180, less than <paramref name="East"/>.</param>
/// <param name="North">Northern edge, −90 to 90.</param>
/// <param name="East">Eastern edge, −180 to 180.</param>
public readonly record struct LatLngBox(double South, double West, double North, double East)
{
    /// <summary>Whether the edges are in their ranges and in order.</summary>
    public bool IsValid => South >= -90 && North <= 90 && South < North && West >= -180 && East <= 180 && West < East;

    /// <summary><c>south,west,north,east</c>, as the elements' attributes take it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{South:R},{West:R},{North:R},{East:R}");
}
