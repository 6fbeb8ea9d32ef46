using System.Security.Cryptography;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Photos as files beside the database, named by their content: <c>photos/ab/ab12…</c>, mode 0600. A file is written under another name, made
/// durable and then renamed, so that a name never stands for half a photo.
/// </summary>
internal sealed class PhotoFiles(string dataFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder of all photos.</summary>
    public string Folder { get; } = Path.Combine(dataFolder, "photos");

    /// <summary>The id of a photo: SHA-256 in lower-case hexadecimal.</summary>
    public static string IdOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether that can be an id: 64 lower-case hexadecimal digits. Nothing else ever becomes part of a path.</summary>
    public static bool IsId(string id) => id.Length == 64 && !id.AsSpan().ContainsAnyExcept("0123456789abcdef");

    /// <summary>Path of a photo's file.</summary>
    public string PathOf(string id) => IsId(id) ? Path.Combine(Folder, id[..2], id) : throw new ArgumentException("That is no photo's id.", nameof(id));

    /// <summary>The photo's bytes, or null without a file.</summary>
    public byte[]? Read(string id)
    {
        try
        {
            return File.ReadAllBytes(PathOf(id));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a photo durably. The same one twice at once is the same file.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(string id, ReadOnlySpan<byte> content)
    {
        var path = PathOf(id);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            Create(folder);
        var part = Path.Combine(Folder, $"{id}.{Guid.NewGuid():n}.part");
        try
        {
            using (var file = new FileStream(part, Options()))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
        FolderSync.Flush(folder);
    }

    /// <summary>Removes what a crash left half written.</summary>
    public void Sweep()
    {
        if (Directory.Exists(Folder))
            foreach (var part in Directory.EnumerateFiles(Folder, "*.part"))
                File.Delete(part);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        FolderSync.Flush(Folder);
        FolderSync.Flush(Path.GetDirectoryName(Folder)!);
    }
}
