using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>The way of a unit from one point of its trail to the next. Whose way it was is not said: coverage need not know.</summary>
/// <param name="FromMs">When it was at the first point, milliseconds since 1970, UTC.</param>
/// <param name="FromLat6">Latitude there, millionths of a degree.</param>
/// <param name="FromLon6">Longitude there, millionths of a degree.</param>
/// <param name="ToMs">When it was at the second point; not before the first.</param>
/// <param name="ToLat6">Latitude there, millionths of a degree.</param>
/// <param name="ToLon6">Longitude there, millionths of a degree.</param>
[GenerateSerializer, Immutable, Alias("situational.walked-segment")]
public readonly record struct WalkedSegment(
    [property: Id(0)] long FromMs, [property: Id(1)] int FromLat6, [property: Id(2)] int FromLon6,
    [property: Id(3)] long ToMs, [property: Id(4)] int ToLat6, [property: Id(5)] int ToLon6);

/// <summary>What a squad walked in and around a grid since it last said so.</summary>
/// <param name="Segments">In any order; one that is said again changes nothing.</param>
[GenerateSerializer, Immutable, Alias("situational.walked-segments")]
public sealed record WalkedSegments([property: Id(0)] ImmutableArray<WalkedSegment> Segments);
