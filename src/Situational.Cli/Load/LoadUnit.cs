using System.Runtime.CompilerServices;

namespace Situational.Cli.Load;

/// <summary>
/// A unit on foot, small enough for a cache line: everything of it that goes into a request stands here as it is written. It walks its
/// <see cref="Round"/> at its own pace, so that each fix is a true one: its time grows, its place is where it can have got to.
/// </summary>
internal struct LoadUnit
{
    /// <summary>Bits after the point of <see cref="Latitude"/> and <see cref="Longitude"/>.</summary>
    public const int Fraction = 24;

    /// <summary>The last eight bytes of its id.</summary>
    public ulong Id;

    /// <summary>What is after the point of its latitude, in 1e-7 degrees.</summary>
    public long Latitude;

    /// <summary>What is after the point of its longitude, in 1e-7 degrees.</summary>
    public long Longitude;

    /// <summary>Way to the north (south of the equator: to the south) in a millisecond.</summary>
    public long LatitudePace;

    /// <summary>Way to the east (west of Greenwich: to the west) in a millisecond.</summary>
    public long LongitudePace;

    /// <summary>Time of its latest fix, milliseconds since 1970.</summary>
    public long AtMs;

    /// <summary>Milliseconds until it turns.</summary>
    public int LegMs;

    /// <summary>What is before the point of its latitude: sign and digits, blanks before them.</summary>
    public uint LatitudeDegrees;

    /// <summary>What is before the point of its longitude.</summary>
    public uint LongitudeDegrees;

    /// <summary>Where it heads: three digits, blanks after them.</summary>
    public uint Heading;

    /// <summary>Walks on until then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WalkTo(long atMs, Round round)
    {
        var ms = (int)Math.Min(atMs - AtMs, 60_000);
        AtMs = atMs;
        while (ms >= LegMs)
        {
            ms -= LegMs;
            round.Turn(ref this);
        }
        Latitude += LatitudePace * ms;
        Longitude += LongitudePace * ms;
        LegMs -= ms;
    }
}
