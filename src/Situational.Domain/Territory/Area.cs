namespace Situational.Domain.Territory;

/// <summary>A node of the territory (区域).</summary>
/// <param name="Code">Its code, a string and never a number, unique in the territory; compared by ordinal.</param>
/// <param name="Name">Its name as people say it.</param>
/// <param name="Level">One of the territory's levels, such as <c>street</c>.</param>
/// <param name="Parent">Code of the area one level or more above; null for the city alone.</param>
/// <param name="Geometry">Its shape in WGS-84, x = longitude and y = latitude; for higher areas without a shape of their own the union of their grids.</param>
public sealed record Area(string Code, string Name, string Level, string? Parent, NetTopologySuite.Geometries.Geometry Geometry);
