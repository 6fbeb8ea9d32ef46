using System.Globalization;
using System.Text.Json;

namespace Situational.Domain.Territory;

/// <summary>The members of the file itself.</summary>
/// <param name="Features">The array of features, at most <see cref="TerritoryReader.MaxAreas"/>.</param>
/// <param name="Levels">Level names from the city down to the grid.</param>
/// <param name="Simulated">Whether the file says that its city is invented.</param>
internal sealed record FeatureCollectionMembers(JsonElement Features, IReadOnlyList<string> Levels, bool Simulated);

/// <summary>Reads the FeatureCollection around the features.</summary>
internal static class FeatureCollectionReader
{
    private static readonly string[] NamesOnlyLevels = [TerritoryReadOptions.DefaultLevels[0], TerritoryReadOptions.DefaultLevels[^1]];

    // Names under which WGS-84 in the order longitude, latitude is known; 4490 is CGCS2000, the same within centimetres.
    private static readonly string[] KnownReferences = ["CRS84", "EPSG:4326", "EPSG::4326", "EPSG:4490", "EPSG::4490"];

    public static FeatureCollectionMembers? Read(JsonElement root, TerritoryReadOptions options, TerritoryFindings findings)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Refuse(null, null, "not-a-feature-collection", $"The file is a JSON {JsonText.Kind(root)}; it must be an object of type FeatureCollection.");
            return null;
        }
        var members = new JsonMembers(root, ["type", "features", "simulated", "levels", "crs"]);
        if (members.Twice is { } twice)
        {
            findings.Refuse(null, null, "duplicate-member", $"The file gives the member {twice} twice.");
            return null;
        }
        if (members[0] is not { ValueKind: JsonValueKind.String } type || !type.ValueEquals("FeatureCollection"u8))
        {
            findings.Refuse(null, null, "not-a-feature-collection", "The file's type must be FeatureCollection.");
            return null;
        }
        if (members[1] is not { ValueKind: JsonValueKind.Array } features)
        {
            findings.Refuse(null, null, "not-a-feature-collection", "The file's features must be an array.");
            return null;
        }
        var areas = features.GetArrayLength() + (options.NamesOnly ? 1 : 0);
        if (areas > TerritoryReader.MaxAreas)
            findings.Refuse(null, null, "too-many-areas", string.Create(
                CultureInfo.InvariantCulture, $"The file has {areas:N0} areas; at most {TerritoryReader.MaxAreas:N0} are read."));
        if (areas == 0)
            findings.Refuse(null, null, "no-areas", "The file's features are empty; a territory has a city and at least one grid.");
        if (members[2] is { ValueKind: not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null) })
            findings.Refuse(null, null, "wrong-type", "The file's simulated must be true or false.");
        if (members[4] is { ValueKind: not JsonValueKind.Null } reference && !IsWgs84(reference))
            findings.Refuse(null, null, "other-reference-system", "The file's crs names another reference system than WGS-84 (CRS84); convert it first.");
        var levels = options.NamesOnly ? NamesOnlyLevels : options.Levels ?? LevelsOf(members[3], findings);
        if (options.NamesOnly && !(options.CountyCode.Length == AreaCode.CountyDigits && options.CountyCode.All(char.IsAsciiDigit)))
            findings.Refuse(null, null, "county-code", $"The county code must be {AreaCode.CountyDigits} digits.");
        if (options.NamesOnly && !AreaCode.IsName(options.CityName))
            findings.Refuse(null, null, "city-name", $"The city's name must have 1 to {AreaCode.MaxNameLength} characters, none of them a control character.");
        CheckLevels(levels, findings);
        return findings.HasFaults ? null : new(features, levels, members[2] is { ValueKind: JsonValueKind.True });
    }

    private static IReadOnlyList<string> LevelsOf(JsonElement? member, TerritoryFindings findings)
    {
        if (member is not { ValueKind: not JsonValueKind.Null } levels)
            return TerritoryReadOptions.DefaultLevels;
        if (levels.ValueKind == JsonValueKind.Array && levels.GetArrayLength() <= TerritoryReader.MaxLevels
            && levels.EnumerateArray().All(l => l.ValueKind == JsonValueKind.String))
            return [.. levels.EnumerateArray().Select(l => l.GetString()!)];
        findings.Refuse(null, null, "levels", $"The file's levels must be an array of {TerritoryReader.MinLevels} to {TerritoryReader.MaxLevels} strings.");
        return TerritoryReadOptions.DefaultLevels;
    }

    private static void CheckLevels(IReadOnlyList<string> levels, TerritoryFindings findings)
    {
        if (levels.Count is < TerritoryReader.MinLevels or > TerritoryReader.MaxLevels || levels.Distinct(StringComparer.Ordinal).Count() != levels.Count
            || levels.Any(l => !AreaCode.IsName(l)))
            findings.Refuse(null, null, "levels",
                $"The levels must be {TerritoryReader.MinLevels} to {TerritoryReader.MaxLevels} different names, from the city down to the grid.");
    }

    private static bool IsWgs84(JsonElement crs) =>
        crs.ValueKind == JsonValueKind.Object && crs.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("name", out var name)
        && name.ValueKind == JsonValueKind.String && KnownReferences.Any(r => name.GetString()!.EndsWith(r, StringComparison.OrdinalIgnoreCase));
}
