namespace Situational.Host.Setup;

/// <summary>The host's own switches, turned into configuration keys.</summary>
internal static class HostArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        Situational: the city, live.

          --urls URL        where to listen, default http://127.0.0.1:5080; several with ';'
          --data DIR        folder of the database, the keys and the ingest key, default data
          --insecure-http   allow http on an address other than loopback
          --help            this text

        Every setting can also be given as --Situational:Section:Name=value or as an environment variable
        Situational__Section__Name=value.
        """;

    /// <summary>True if the user wants to read <see cref="Help"/>.</summary>
    public static bool AskForHelp(string[] args) => args.Contains("--help") || args.Contains("-h");

    /// <summary>Replaces <c>--data DIR</c> and <c>--insecure-http</c>; everything else stays.</summary>
    public static string[] Translate(string[] args)
    {
        var translated = new List<string>(args.Length);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--insecure-http")
                translated.Add("--Situational:InsecureHttp=true");
            else if (args[i] == "--data" && i + 1 < args.Length)
                translated.Add("--Situational:Data=" + args[++i]);
            else if (args[i].StartsWith("--data=", StringComparison.Ordinal))
                translated.Add("--Situational:Data=" + args[i]["--data=".Length..]);
            else
                translated.Add(args[i]);
        }
        return [.. translated];
    }
}
