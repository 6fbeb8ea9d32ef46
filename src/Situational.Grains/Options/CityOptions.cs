namespace Situational.Grains.Options;

/// <summary>Where the city's own rules stand. Section <c>Situational:City</c>; read once, at start.</summary>
public sealed class CityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Situational:City";

    /// <summary>Path of the catalogue: categories, departments, whistles, limits. Default: none, the one that comes with the program.</summary>
    public string? Catalogue { get; set; }

    /// <summary>Path of the working calendar. Default: none, the one that comes with the program.</summary>
    public string? Calendar { get; set; }
}
