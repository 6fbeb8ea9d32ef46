using System.Text;
using Situational.Domain.Cases;

namespace Situational.Storage.Rows;

/// <summary>
/// What a search for text looks in: the case's id and the descriptions of all its reports, a line each, ASCII letters in lower case.
/// A search finds any part of it: Chinese has no breaks between words.
/// </summary>
internal static class CaseText
{
    public static string Of(Case value)
    {
        if (value.Joined.IsEmpty)
            return Fold($"{value.Id}\n{value.Report.Description}");
        var text = new StringBuilder(value.Id).Append('\n').Append(value.Report.Description);
        foreach (var joined in value.Joined)
            text.Append('\n').Append(joined.Report.Description);
        return Fold(text.ToString());
    }

    /// <summary>ASCII letters in lower case, all else as it is.</summary>
    public static string Fold(string text) => text.AsSpan().ContainsAnyInRange('A', 'Z')
        ? string.Create(text.Length, text, static (folded, from) =>
        {
            for (var i = 0; i < folded.Length; i++)
                folded[i] = from[i] is >= 'A' and <= 'Z' ? (char)(from[i] | 0x20) : from[i];
        })
        : text;
}
