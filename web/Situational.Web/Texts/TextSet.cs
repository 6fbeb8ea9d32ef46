using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Situational.Web.Texts;

/// <summary>The words of the pages in one language. Scripts read the same files.</summary>
public sealed class TextSet
{
    private static readonly TextSet[] Sets = [Load("zh-CN"), Load("en")];
    private readonly Dictionary<string, string> _words;

    private TextSet(string language, Dictionary<string, string> words)
    {
        Language = language;
        _words = words;
    }

    /// <summary>Every language there is, the default one first.</summary>
    public static IReadOnlyList<TextSet> All => Sets;

    /// <summary>BCP 47 tag, as it stands in the page's <c>lang</c>.</summary>
    public string Language { get; }

    /// <summary>The keys there are.</summary>
    public IReadOnlyCollection<string> Keys => _words.Keys;

    /// <summary>The words of a key. Throws <see cref="KeyNotFoundException"/> when the language lacks it.</summary>
    public string this[string key] =>
        _words.TryGetValue(key, out var words) ? words : throw new KeyNotFoundException($"Language {Language} has no text '{key}'.");

    /// <summary>The language to use: what the address asks for, else the best that the browser accepts, else zh-CN.</summary>
    /// <param name="asked">Value of <c>?lang=</c>, if any.</param>
    /// <param name="acceptLanguage">The header <c>Accept-Language</c>, if any.</param>
    public static TextSet Choose(string? asked, string? acceptLanguage)
    {
        if (Match(asked) is { } exact)
            return exact;
        if (!StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var accepted))
            return Sets[0];
        TextSet? best = null;
        var quality = 0.0;
        foreach (var value in accepted)
        {
            var weight = value.Quality ?? 1;
            if (weight > quality && (value.Value.Equals("*", StringComparison.Ordinal) ? Sets[0] : Match(value.Value.Value)) is { } match)
                (best, quality) = (match, weight);
        }

        return best ?? Sets[0];
    }

    private static TextSet? Match(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
            return null;
        var primary = tag.AsSpan();
        if (primary.IndexOf('-') is > 0 and var dash)
            primary = primary[..dash];
        foreach (var set in Sets)
        {
            var own = set.Language.AsSpan();
            if (own.IndexOf('-') is > 0 and var end)
                own = own[..end];
            if (primary.Equals(own, StringComparison.OrdinalIgnoreCase))
                return set;
        }

        return null;
    }

    /// <summary>Reads every room's words of a language: <c>texts/{room}.{language}.json</c>.</summary>
    private static TextSet Load(string language)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in typeof(TextSet).Assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("texts/", StringComparison.Ordinal) || !name.EndsWith($".{language}.json", StringComparison.Ordinal))
                continue;
            using var stream = typeof(TextSet).Assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [])
                if (!words.TryAdd(key, text))
                    throw new InvalidOperationException($"The text '{key}' of {language} stands in two rooms, {name} is one of them.");
        }
        return words.Count > 0 ? new TextSet(language, words) : throw new InvalidOperationException($"The texts of {language} are not embedded.");
    }
}
