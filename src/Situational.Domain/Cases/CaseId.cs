using System.Globalization;

namespace Situational.Domain.Cases;

/// <summary>The id of a case: its grid's code, a hyphen, and its number in that grid, from 1.</summary>
public static class CaseId
{
    /// <summary>The id of a grid's n-th case.</summary>
    /// <param name="grid">The grid's code; may hold hyphens itself.</param>
    /// <param name="number">From 1.</param>
    public static string Of(string grid, int number) => string.Create(CultureInfo.InvariantCulture, $"{grid}-{number}");

    /// <summary>Takes an id apart; false when it is not one.</summary>
    public static bool TryParse(string id, out string grid, out int number)
    {
        var hyphen = id.LastIndexOf('-');
        // the last is looked at too: int.TryParse takes zero characters behind a number
        if (hyphen > 0 && hyphen < id.Length - 1 && id[hyphen + 1] is >= '1' and <= '9' && char.IsAsciiDigit(id[^1])
            && int.TryParse(id.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            grid = id[..hyphen];
            return true;
        }
        grid = "";
        number = 0;
        return false;
    }
}
