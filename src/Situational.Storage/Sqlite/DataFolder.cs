using System.Globalization;

namespace Situational.Storage.Sqlite;

/// <summary>
/// The data folder, held by this process alone as long as this object lives. The lock is on an open file, so it ends with the process,
/// however that ends; the process id stands in a file beside it.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        Database = System.IO.Path.Combine(path, "situational.db");
        _lock = @lock;
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Absolute path of the database; the file exists, with mode 0600.</summary>
    public string Database { get; }

    /// <summary>Makes the folder if need be and takes it.</summary>
    /// <exception cref="StorageUnusableException">It cannot be written, or another process has it.</exception>
    public static DataFolder Take(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream? held = null;
        try
        {
            if (!Directory.Exists(path))
                Create(path);
            held = Lock(path);
            var folder = new DataFolder(path, held);
            WriteProcessId(path);
            if (!File.Exists(folder.Database))
                CreateFile(folder.Database, FileMode.CreateNew, FileShare.None).Dispose();
            else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder.Database) != OwnerOnly)
                File.SetUnixFileMode(folder.Database, OwnerOnly);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            held?.Dispose();
            throw new StorageUnusableException($"the data folder {path} cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, "situational.lock");
        try
        {
            return CreateFile(file, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file) && e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StorageUnusableException($"the data folder {path} is in use by {ReadProcessId(path)}", e);
        }
    }

    private static FileStream CreateFile(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    private static void WriteProcessId(string path)
    {
        using var file = CreateFile(ProcessIdFile(path), FileMode.Create, FileShare.Read);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
    }

    private static string ReadProcessId(string path)
    {
        try
        {
            var text = File.ReadAllText(ProcessIdFile(path)).Trim();
            return int.TryParse(text, CultureInfo.InvariantCulture, out var id) ? $"process {id}" : "another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    private static string ProcessIdFile(string path) => System.IO.Path.Combine(path, "situational.pid");
}
