using System.Collections.ObjectModel;
using System.Text.Json;
using Situational.Domain.Configuration;
using Situational.Domain.Deadlines;

namespace Situational.Domain.Catalogue;

/// <summary>The fields that several parts of a catalogue have in common.</summary>
internal static class CatalogueFields
{
    // Stands in for a limit that is wrong, so that the reading can go on.
    private static readonly Limit StandIn = new(1, LimitUnit.Minutes);

    /// <summary>The objects of an array by their codes, in its order. A code that is wrong or given twice is a fault.</summary>
    public static IReadOnlyDictionary<string, T> Coded<T>(
        ConfigurationNode node, string member, int max, ReadOnlySpan<string> knows, Func<string, LocalName, ConfigurationNode, T> read)
    {
        var all = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var one in node.Objects(member, 1, max))
        {
            one.Knows(knows);
            var code = Code(one, "code");
            var value = read(code, Name(one), one);
            if (code.Length > 0 && !all.TryAdd(code, value))
                one.Refuse("code", "duplicate-code", $"{one.Path}.code {code} is given twice.");
        }
        return new ReadOnlyDictionary<string, T>(all);
    }

    /// <summary>A code; empty and a fault if there is none.</summary>
    public static string Code(ConfigurationNode node, string member)
    {
        var code = node.Text(member, Codes.MaxLength);
        if (code.Length == 0 || Codes.IsCode(code))
            return code;
        node.Refuse(member, "not-a-code", $"{node.Path}.{member} {Codes.Rule}.");
        return "";
    }

    /// <summary>The names of an object.</summary>
    public static LocalName Name(ConfigurationNode node)
    {
        if (node.Object("name") is not { } name)
            return new("", "");
        name.Knows("zh", "en");
        return new(name.Text("zh", CatalogueReader.MaxNameLength), name.Text("en", CatalogueReader.MaxNameLength));
    }

    /// <summary>A limit in its written form.</summary>
    public static Limit LimitOf(ConfigurationNode node, string member)
    {
        var value = node.Find(member);
        if (value is { ValueKind: JsonValueKind.String } text && Limit.TryParse(text.GetString(), out var limit))
            return limit;
        node.Refuse(member, value is null ? "missing" : "not-a-limit",
            $"{node.Path}.{member} {(value is null ? "is missing; it " : "")}must be an amount from {Limit.MinAmount} to {Limit.MaxAmount} and a unit, as 4 working-hours; units are minutes, working-hours, working-days and calendar-days.");
        return StandIn;
    }
}
