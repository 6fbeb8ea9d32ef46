using System.ComponentModel;
using System.Diagnostics;

namespace Situational.Testing;

/// <summary>A file system of a few megabytes in memory: a disk that a test may fill. Needs the right to mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>
    /// Mounts one on a folder. Where that is not allowed the test is skipped with the reason; in CI it fails, because there a full disk that
    /// nobody met is not tested.
    /// </summary>
    /// <param name="folder">Made when it does not exist; its owner removes it after this was disposed of.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="skip">Ends the test as skipped: <c>Assert.Skip</c>.</param>
    public static SmallDisk Mount(string folder, int megabytes, Action<string> skip)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "situational-test", folder))
        {
            const string Refused = "Mounting a small file system needs root.";
            if (Environment.GetEnvironmentVariable("CI") is not (null or "" or "false"))
                throw new UnauthorizedAccessException(Refused);
            skip(Refused);
        }
        return new SmallDisk(folder);
    }

    /// <summary>Gives it another size while it is in use.</summary>
    public void Resize(int megabytes)
    {
        if (!Run("mount", "-o", $"remount,size={megabytes}m", _folder))
            throw new InvalidOperationException($"{_folder} could not be given {megabytes} MB.");
    }

    /// <summary>Writes a file that takes all the room there is; to remove it makes room.</summary>
    public string Fill()
    {
        var path = Path.Combine(_folder, "filling");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (var at = 0L; ; at += block.Length)
                RandomAccess.Write(file, block, at);
        }
        catch (IOException)
        {
            return path;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!Run("umount", _folder))
            Run("umount", "--lazy", _folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
