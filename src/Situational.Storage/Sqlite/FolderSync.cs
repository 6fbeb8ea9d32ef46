using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Situational.Storage.Sqlite;

/// <summary>Makes a folder's entries durable: a file that was made or renamed is there after a crash only when its folder is on the disk too.</summary>
internal static class FolderSync
{
    /// <summary>Does nothing on Windows, where there is no such call and none is needed.</summary>
    /// <exception cref="IOException">The folder cannot be opened or the disk does not take it.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"the folder {folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Sync(descriptor) != 0)
            throw new IOException($"the folder {folder} cannot be made durable: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);
}
