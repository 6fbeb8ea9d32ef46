using System.Globalization;

namespace Situational.Storage;

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
        _lock = @lock;
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

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
            return folder;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            held?.Dispose();
            throw CannotBeWritten(path, e);
        }
    }

    /// <summary>Absolute path of a file in it that exists with mode 0600, made if need be.</summary>
    /// <exception cref="StorageUnusableException">It cannot be made.</exception>
    public string OwnFile(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        try
        {
            if (!File.Exists(file))
                CreateFile(file, FileMode.CreateNew, FileShare.None).Dispose();
            else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) != OwnerOnly)
                File.SetUnixFileMode(file, OwnerOnly);
            return file;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            throw CannotBeWritten(Path, e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static StorageUnusableException CannotBeWritten(string path, Exception e) =>
        new($"the data folder {path} cannot be written: {e.Message}", e);

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
