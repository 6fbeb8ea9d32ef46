using System.Globalization;
using System.Text;

namespace Situational.Host.Ingest;

/// <summary>Says whether text is fit for an id or a name: visible, and read the same by everybody.</summary>
internal static class PlainText
{
    /// <summary>
    /// True if the text is not blank and holds no control or format characters (bidirectional marks, zero-width characters), no line or
    /// paragraph separators and no lone surrogates.
    /// </summary>
    public static bool IsFit(ReadOnlySpan<char> text)
    {
        var blank = true;
        while (!text.IsEmpty)
        {
            var c = text[0];
            if (char.IsAscii(c))
            {
                if (char.IsControl(c))
                    return false;
                blank &= c == ' ';
                text = text[1..];
                continue;
            }
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;
            blank &= Rune.IsWhiteSpace(rune);
            text = text[length..];
        }
        return !blank;
    }
}
