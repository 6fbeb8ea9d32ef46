namespace Situational.Testing;

/// <summary>Where the checkout and the data beside it are.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Situational.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the Austin data beside the checkout, which a user's clone does not have.</summary>
    public static string Austin { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "austin"));

    /// <summary>
    /// What each test on the Austin data begins with. Where the data is missing the test is skipped with the reason; in CI it fails,
    /// because there a city that nobody read is not tested.
    /// </summary>
    /// <param name="skip">Ends the test as skipped: <c>Assert.Skip</c>.</param>
    public static void RequireAustin(Action<string> skip)
    {
        if (Directory.Exists(Austin))
            return;
        const string Missing = "The Austin data is not beside the checkout, in ../shared/data/austin.";
        if (Environment.GetEnvironmentVariable("CI") is not (null or "" or "false"))
            throw new DirectoryNotFoundException(Missing);
        skip(Missing);
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Situational.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException("Situational.sln is in no folder above the tests.");
    }
}
