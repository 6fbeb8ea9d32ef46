using System.Runtime.InteropServices;

namespace Situational.Storage.Tests.Support;

/// <summary>
/// Stands between SQLite and the disk: the fsyncs of one folder's database are slow or fail, inside COMMIT, where those of a bad disk are.
/// A shim of SQLite's VFS (https://www.sqlite.org/vfs.html), installed once for the process; the files of other folders pass through it.
/// </summary>
internal sealed class DiskShim : IDisposable
{
    private const int OpenOffset = 40, SyncOffset = 40;
    private const int VfsBytes = 168, MethodsBytes = 152;
    private const int IoErrorAtSync = 10 | (4 << 8);

    private static readonly Lock Gate = new();
    private static readonly List<DiskShim> Installed = [];
    private static readonly Dictionary<IntPtr, DiskShim> Files = [];
    private static readonly Dictionary<IntPtr, IntPtr> Shimmed = [];
    private static readonly OpenCall Open = OpenFile;
    private static readonly SyncCall Sync = SyncFile;
    private static OpenCall? _open;
    private static SyncCall? _sync;

    private readonly string _folder;
    private int _syncs;

    /// <summary>Watches the files of a folder that are opened from now on.</summary>
    public DiskShim(string folder)
    {
        _folder = folder;
        lock (Gate)
        {
            if (_open is null)
                Install();
            Installed.Add(this);
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenCall(IntPtr vfs, IntPtr name, IntPtr file, int flags, IntPtr outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncCall(IntPtr file, int flags);

    /// <summary>How long each fsync takes longer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether each fsync fails.</summary>
    public bool Fails { get; set; }

    /// <summary>How many there were.</summary>
    public int Syncs => Volatile.Read(ref _syncs);

    public void Dispose()
    {
        lock (Gate)
            Installed.Remove(this);
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    private static extern IntPtr Find(IntPtr name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl)]
    private static extern int Register(IntPtr vfs, int makeDefault);

    private static void Install()
    {
        var original = Find(IntPtr.Zero);
        _open = Marshal.GetDelegateForFunctionPointer<OpenCall>(Marshal.ReadIntPtr(original, OpenOffset));
        var shim = Copy(original, VfsBytes);
        Marshal.WriteIntPtr(shim, OpenOffset, Marshal.GetFunctionPointerForDelegate(Open));
        Marshal.WriteIntPtr(shim, 24, Marshal.StringToHGlobalAnsi("shim"));
        Assert.Equal(0, Register(shim, 1));
    }

    private static int OpenFile(IntPtr vfs, IntPtr name, IntPtr file, int flags, IntPtr outFlags)
    {
        var code = _open!(vfs, name, file, flags, outFlags);
        if (code != 0 || Marshal.PtrToStringUTF8(name) is not { } path)
            return code;
        lock (Gate)
        {
            Files.Remove(file);
            if (Installed.Find(shim => path.StartsWith(shim._folder, StringComparison.Ordinal)) is not { } mine)
                return code;
            Files[file] = mine;
            var methods = Marshal.ReadIntPtr(file);
            if (!Shimmed.TryGetValue(methods, out var shimmed))
            {
                _sync ??= Marshal.GetDelegateForFunctionPointer<SyncCall>(Marshal.ReadIntPtr(methods, SyncOffset));
                shimmed = Copy(methods, MethodsBytes);
                Marshal.WriteIntPtr(shimmed, SyncOffset, Marshal.GetFunctionPointerForDelegate(Sync));
                Shimmed.Add(methods, shimmed);
            }
            Marshal.WriteIntPtr(file, shimmed);
        }
        return code;
    }

    private static int SyncFile(IntPtr file, int flags)
    {
        DiskShim mine;
        lock (Gate)
            mine = Files[file];
        Interlocked.Increment(ref mine._syncs);
        if (mine.Delay > TimeSpan.Zero)
            Thread.Sleep(mine.Delay);
        return mine.Fails ? IoErrorAtSync : _sync!(file, flags);
    }

    private static IntPtr Copy(IntPtr from, int bytes)
    {
        var buffer = new byte[bytes];
        Marshal.Copy(from, buffer, 0, bytes);
        var copy = Marshal.AllocHGlobal(bytes);
        Marshal.Copy(buffer, 0, copy, bytes);
        return copy;
    }
}
