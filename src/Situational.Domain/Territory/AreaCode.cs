namespace Situational.Domain.Territory;

/// <summary>Rules for codes and names, and the default scheme of 15 digits: 6 county (GB/T 2260), 3 street, 3 community, 3 sequence.</summary>
internal static class AreaCode
{
    public const int CountyDigits = 6;
    public const int MaxLength = 64;
    public const int MaxNameLength = 100;

    /// <summary>The word that stands where a unit is in no grid; no area may be called so.</summary>
    public const string Outside = "outside";

    private const int LastSequence = 999;

    /// <summary>Codes are parts of addresses and case numbers: ASCII letters and digits, and between them hyphen, underscore or full stop.</summary>
    public static bool IsCode(string code)
    {
        if (code.Length is 0 or > MaxLength || code == Outside || !char.IsAsciiLetterOrDigit(code[0]) || !char.IsAsciiLetterOrDigit(code[^1]))
            return false;
        foreach (var c in code)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        return true;
    }

    public static bool IsName(string name) => name.Length is > 0 and <= MaxNameLength && !name.Any(char.IsControl) && name.Trim().Length > 0;

    /// <summary>The generated code of a grid where nothing is known but its place in a list: street 001, sequences running over into communities.</summary>
    /// <param name="countyCode">Six digits.</param>
    /// <param name="index">Place in the list, from 0, below 998,001.</param>
    public static string Generate(string countyCode, int index) => $"{countyCode}001{index / LastSequence + 1:000}{index % LastSequence + 1:000}";
}
