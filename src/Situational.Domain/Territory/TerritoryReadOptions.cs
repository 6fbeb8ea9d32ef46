namespace Situational.Domain.Territory;

/// <summary>How <see cref="TerritoryReader"/> reads a file.</summary>
public sealed record TerritoryReadOptions
{
    /// <summary>The levels of a city when nothing else is said, from the city down to the grid.</summary>
    public static IReadOnlyList<string> DefaultLevels { get; } = ["city", "district", "street", "community", "grid"];

    /// <summary>
    /// The file has only names and shapes: each feature becomes a grid with a generated code, in the file's order, under one city.
    /// Properties other than <c>name</c> are ignored. Default false.
    /// </summary>
    public bool NamesOnly { get; init; }

    /// <summary>With <see cref="NamesOnly"/>: the city's name, 1 to 100 characters.</summary>
    public string CityName { get; init; } = "城市";

    /// <summary>
    /// With <see cref="NamesOnly"/>: the six digits that begin every generated code, and the city's own code. The default is no county of
    /// GB/T 2260, so that nobody takes generated codes for a real county's.
    /// </summary>
    public string CountyCode { get; init; } = "999900";

    /// <summary>Mend what can be mended in broken shapes and list it, instead of refusing. Default false.</summary>
    public bool Repair { get; init; }

    /// <summary>
    /// Look for overlaps and gaps between grids. Default true; false for what <see cref="TerritoryWriter"/> wrote: it has been checked before,
    /// and as it gives every shape it may be larger than what people send.
    /// </summary>
    public bool CheckCoverage { get; init; } = true;

    /// <summary>
    /// Level names from the city down to the grid, 2 to 6; a file may use some of them only. Null, the default: those that the file names in
    /// its member <c>levels</c>, else <see cref="DefaultLevels"/>.
    /// </summary>
    public IReadOnlyList<string>? Levels { get; init; }
}
