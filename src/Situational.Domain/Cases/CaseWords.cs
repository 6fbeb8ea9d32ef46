namespace Situational.Domain.Cases;

/// <summary>How the words of the loop are written in reasons: as on the API.</summary>
internal static class CaseWords
{
    public static string Of(Stage stage) => Kebab(stage.ToString());

    public static string Of(Role role) => Kebab(role.ToString());

    public static string Of(MusterState state) => Kebab(state.ToString());

    public static string Of(CaseStep step) => step == CaseStep.Blow ? "whistle" : Kebab(step.ToString());

    private static string Kebab(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 2);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
