using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Situational.Browser.Tests;

/// <summary>A page as it comes out of a printer that follows the sheet's own size.</summary>
/// <param name="Sheets">How many sheets.</param>
/// <param name="Width">Of the first sheet, points.</param>
/// <param name="Height">Of the first sheet, points.</param>
internal sealed partial record Paper(int Sheets, double Width, double Height)
{
    /// <summary>Prints; the sheets are kept under that name when screenshots are.</summary>
    public static async Task<Paper> OfAsync(IPage page, string name)
    {
        var pdf = await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true });
        if (Environment.GetEnvironmentVariable("SITUATIONAL_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".pdf"), pdf);
        var text = Encoding.Latin1.GetString(pdf);
        var box = MediaBox().Match(text);
        return new Paper(
            PageObject().Count(text), double.Parse(box.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(box.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")]
    private static partial Regex MediaBox();

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();
}
