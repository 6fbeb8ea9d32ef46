namespace Situational.Testing;

/// <summary>Where the checkout and the data beside it are.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Situational.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the Austin data beside the checkout, or null where it is missing, as in a user's clone.</summary>
    public static string? Austin
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "austin"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Situational.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException("Situational.sln is in no folder above the tests.");
    }
}
