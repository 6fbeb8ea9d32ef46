using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Situational.Testing;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>
/// Examples of messages that stand in docs/feed.md and, for the front end's tests, in a file each. They are compared with what the
/// server says; with SITUATIONAL_REWRITE=1 in the environment they are written anew instead.
/// </summary>
internal static partial class Examples
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "feed.md");
    private static readonly string Folder = Path.Combine(Repository.Root, "web", "Situational.Web", "Scripts", "fixtures", "feed");

    private static bool Rewrite => Environment.GetEnvironmentVariable("SITUATIONAL_REWRITE") == "1";

    /// <summary>Holds an example in the page against a message.</summary>
    public static void InPage(string name, string json)
    {
        var text = File.ReadAllText(Page);
        var written = Block().Match(text, text.IndexOf($"<!-- {name} -->", StringComparison.Ordinal) is var at and >= 0 ? at : throw Missing(name));
        if (Rewrite)
            File.WriteAllText(Page, text[..written.Index] + $"```json\n{Lay(json)}\n```" + text[(written.Index + written.Length)..]);
        else
            Assert.Equal(Lay(json), written.Groups[1].Value);
    }

    /// <summary>Holds a fixture against a message.</summary>
    public static void InFile(string name, string json)
    {
        var path = Path.Combine(Folder, name + ".json");
        var text = Lay(json) + "\n";
        if (Rewrite)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, text);
        }
        else
        {
            Assert.Equal(text, File.ReadAllText(path));
        }
    }

    private static InvalidDataException Missing(string name) => new($"docs/feed.md has no place for the example '{name}'.");

    // One line a field, one line a row: how a person reads a frame.
    private static string Lay(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Lay(document.RootElement, text, 0);
        return text.ToString();
    }

    private static void Lay(JsonElement value, StringBuilder text, int depth)
    {
        if (depth >= 2 || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
        {
            text.Append(value.GetRawText());
            return;
        }
        var isObject = value.ValueKind == JsonValueKind.Object;
        if (isObject && depth > 0)
        {
            text.Append(value.GetRawText());
            return;
        }
        text.Append(isObject ? '{' : '[');
        var separator = "";
        foreach (var (name, item) in isObject
            ? value.EnumerateObject().Select(p => ((string?)p.Name, p.Value))
            : value.EnumerateArray().Select(v => ((string?)null, v)))
        {
            text.Append(separator).Append('\n').Append(' ', 2 * (depth + 1));
            if (name is not null)
                text.Append(JsonSerializer.Serialize(name)).Append(": ");
            Lay(item, text, depth + 1);
            separator = ",";
        }
        text.Append('\n').Append(' ', 2 * depth).Append(isObject ? '}' : ']');
    }

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
