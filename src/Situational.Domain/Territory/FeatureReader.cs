using System.Text.Json;

namespace Situational.Domain.Territory;

/// <summary>Reads the features of a file as drafts of areas.</summary>
internal static class FeatureReader
{
    private const string CodeRule = "ASCII letters and digits, and between them hyphen, underscore or full stop";

    /// <summary>The drafts in the file's order, those of faulty features left out.</summary>
    public static List<AreaDraft> ReadAll(FeatureCollectionMembers collection, TerritoryReadOptions options, TerritoryFindings findings)
    {
        var drafts = new List<AreaDraft>(collection.Features.GetArrayLength() + 1);
        if (options.NamesOnly)
            drafts.Add(new(-1, options.CountyCode, options.CityName.Trim(), collection.Levels[0], null, null));
        var index = 0;
        foreach (var feature in collection.Features.EnumerateArray())
        {
            if (Read(feature, index, collection, options, findings) is { } draft)
                drafts.Add(draft);
            index++;
        }
        return drafts;
    }

    private static AreaDraft? Read(
        JsonElement feature, int index, FeatureCollectionMembers collection, TerritoryReadOptions options, TerritoryFindings findings)
    {
        if (feature.ValueKind != JsonValueKind.Object)
            return Refuse("wrong-type", $"The feature is a JSON {JsonText.Kind(feature)}; it must be an object.");
        var members = new JsonMembers(feature, ["type", "properties", "geometry"]);
        if (members.Twice is { } twice)
            return Refuse("duplicate-member", $"The feature gives the member {twice} twice.");
        if (members[0] is not { ValueKind: JsonValueKind.String } type || !type.ValueEquals("Feature"u8))
            return Refuse("wrong-type", "The feature's type must be Feature.");
        if (members[1] is not { ValueKind: JsonValueKind.Object } element)
            return Refuse("wrong-type", "The feature's properties must be an object.");
        var properties = new JsonMembers(element, ["code", "name", "level", "parent"]);
        if (properties.Twice is { } twiceInProperties && (!options.NamesOnly || twiceInProperties == "name"))
            return Refuse("duplicate-member", $"The properties give {twiceInProperties} twice.");

        string? name = null, code = null, level = null, parent = null;
        if (!options.NamesOnly && !TryText(properties[0], "code", out code))
            return null;
        var label = code;
        if (!TryText(properties[1], "name", out name))
            return null;
        label ??= name is null ? null : Shorten(name);
        if (!options.NamesOnly && (!TryText(properties[2], "level", out level) || !TryText(properties[3], "parent", out parent)))
            return null;

        if (name is null || !AreaCode.IsName(name))
            return RefuseArea(label, name is null ? "missing-name" : "bad-name",
                $"The property name must have 1 to {AreaCode.MaxNameLength} characters, none of them a control character.");
        if (options.NamesOnly)
            (code, level, parent) = (AreaCode.Generate(options.CountyCode, index), collection.Levels[^1], options.CountyCode);
        else if (code is null)
            return RefuseArea(label, "missing-code", "The property code is missing. A file that has only names and shapes can be imported with generated codes.");
        else if (!AreaCode.IsCode(code))
            return RefuseArea(label, "bad-code", $"The property code must have 1 to {AreaCode.MaxLength} characters, {CodeRule}, and not be '{AreaCode.Outside}'.");
        else if (level is null)
            return RefuseArea(label, "missing-level", $"The property level is missing; it is one of {string.Join(", ", collection.Levels)}.");
        else if (!collection.Levels.Contains(level, StringComparer.Ordinal))
            return RefuseArea(label, "unknown-level", $"The property level is '{Shorten(level)}'; it must be one of {string.Join(", ", collection.Levels)}.");

        var shape = new ShapeReader(index, label, options, findings);
        var isGrid = level == collection.Levels[^1];
        if (!shape.TryRead(members[2], isGrid, out var geometry))
            return null;
        return new(index, code!, name.Trim(), level!, parent, geometry);

        AreaDraft? Refuse(string reason, string text) => RefuseArea(null, reason, text);

        AreaDraft? RefuseArea(string? area, string reason, string text)
        {
            findings.Refuse(index, area, reason, text);
            return null;
        }

        bool TryText(JsonElement? member, string field, out string? text)
        {
            text = member is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
            if (text is not null || member is null or { ValueKind: JsonValueKind.Null })
                return true;
            findings.Refuse(index, code ?? name, "wrong-type", $"The property {field} is a JSON {JsonText.Kind(member.Value)}; it must be a string.");
            return false;
        }
    }

    private static string Shorten(string text) => text.Length <= AreaCode.MaxNameLength ? text : text[..AreaCode.MaxNameLength] + "…";
}
