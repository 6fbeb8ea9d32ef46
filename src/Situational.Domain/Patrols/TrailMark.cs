namespace Situational.Domain.Patrols;

/// <summary>A point of a unit's trail, as far as thinning needs it.</summary>
/// <param name="AtMs">Time of measurement, milliseconds since 1970; 0 stands for no point.</param>
/// <param name="Latitude6">Millionths of a degree, WGS-84.</param>
/// <param name="Longitude6">Millionths of a degree, WGS-84.</param>
/// <param name="Exact">Accurate enough for the way to and from it to count as walked.</param>
public readonly record struct TrailMark(long AtMs, int Latitude6, int Longitude6, bool Exact)
{
    /// <summary>There is a point.</summary>
    public bool Exists => AtMs != 0;
}
