namespace Situational.Domain.Configuration;

/// <summary>Codes that people give to things: they stand in addresses, journals and translation keys.</summary>
internal static class Codes
{
    public const int MaxLength = 64;
    public const string Rule = "must be 1 to 64 lower-case letters and digits with single hyphens between";

    public static bool IsCode(string code)
    {
        if (code.Length is 0 or > MaxLength || code[0] == '-' || code[^1] == '-')
            return false;
        for (var i = 0; i < code.Length; i++)
            if (!char.IsAsciiLetterLower(code[i]) && !char.IsAsciiDigit(code[i]) && !(code[i] == '-' && code[i - 1] != '-'))
                return false;
        return true;
    }

    /// <summary>What somebody gave as a code, short enough to stand in a message.</summary>
    public static string Shown(string code) => code.Length <= MaxLength ? code : code[..MaxLength] + "…";
}
