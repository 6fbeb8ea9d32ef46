using System.Diagnostics;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

/// <summary>A disk that is really full: a file system in memory of 1 MB. Needs the right to mount one.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private bool _mounted;

    public void Dispose()
    {
        _folder.Close();
        if (_mounted)
            Run("umount", _folder.Data);
        _folder.Dispose();
    }

    [Fact]
    public async Task Append_OnAFullDisk_IsUnavailableAndRecoversWithRoom()
    {
        Directory.CreateDirectory(_folder.Data);
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", "size=1m", "situational-test", _folder.Data);
        Assert.SkipUnless(_mounted, "Mounting a small file system needs root.");

        var grid = new TestGrid("g");
        JournalUnavailableException? failure = null;
        while (failure is null)
        {
            var append = grid.Open($"key{grid.State.Version}", description: new string('x', 4_000));
            try
            {
                Assert.IsType<AppendOutcome.Appended>(await _folder.Journal.AppendAsync(append, default));
                grid.Apply(append);
                Assert.True(grid.State.Version < 1_000, "The disk never filled.");
            }
            catch (JournalUnavailableException e)
            {
                failure = e;
            }
        }
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Journal.AppendAsync(grid.Open("again", description: new string('y', 20_000)), default));
        Assert.True(grid.State.Version > 0);
        Assert.True(Run("mount", "-o", "remount,size=8m", _folder.Data));

        await grid.AppendAsync(_folder.Journal, grid.Open($"key{grid.State.Version}"));
        _folder.Close();
        var history = await _folder.Journal.LoadAsync("g", default);
        Assert.Equal(grid.State.Version, (history.Snapshot?.Version ?? 0) + history.Events.Count);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
