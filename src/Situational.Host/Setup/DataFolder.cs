namespace Situational.Host.Setup;

/// <summary>The folder that holds all that survives a restart, held by one host at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string DefaultPath = "data";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>A path inside it.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder if it is missing, readable by its owner alone, and takes hold of it.</summary>
    /// <exception cref="StartRefusedException">It cannot be written, or another host holds it.</exception>
    public static DataFolder Open(IConfiguration configuration)
    {
        var path = System.IO.Path.GetFullPath(configuration["Situational:Data"] is { Length: > 0 } given ? given : DefaultPath);
        try
        {
            if (!Directory.Exists(path))
                _ = OperatingSystem.IsWindows()
                    ? Directory.CreateDirectory(path)
                    : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(StartRefusedException.DataFolder, $"The data folder {path} cannot be made: {e.Message}", e);
        }
        try
        {
            return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartRefusedException(StartRefusedException.DataFolder, $"The data folder {path} cannot be written.", e);
        }
        catch (IOException e)
        {
            throw new StartRefusedException(StartRefusedException.DataFolder, $"The data folder {path} cannot be written, or another host uses it: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();
}
