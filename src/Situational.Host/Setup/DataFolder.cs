namespace Situational.Host.Setup;

/// <summary>The folder that holds all that survives a restart. The store holds it against other hosts.</summary>
internal sealed class DataFolder
{
    private const string DefaultPath = "data";

    private DataFolder(string path) => Path = path;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>A path inside it.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder if it is missing, readable by its owner alone.</summary>
    /// <exception cref="StartRefusedException">It cannot be made.</exception>
    public static DataFolder Open(IConfiguration configuration)
    {
        var path = System.IO.Path.GetFullPath(configuration["Situational:Data"] is { Length: > 0 } given ? given : DefaultPath);
        try
        {
            if (!Directory.Exists(path))
                _ = OperatingSystem.IsWindows()
                    ? Directory.CreateDirectory(path)
                    : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new DataFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(StartRefusedException.DataFolder, $"the data folder {path} cannot be made: {e.Message}", e);
        }
    }
}
