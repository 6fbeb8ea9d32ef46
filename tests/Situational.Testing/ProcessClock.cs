using System.Globalization;

namespace Situational.Testing;

/// <summary>
/// A wall clock for a process that a test starts: it runs like the machine's, so much ahead or behind as the test says, while the steady
/// clock stays the machine's. Made with libfaketime, which the test set-up installs. Give <see cref="Environment"/> to the process.
/// </summary>
public sealed class ProcessClock : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("situational-clock-");

    /// <summary>A clock that begins with the machine's time.</summary>
    /// <exception cref="InvalidOperationException">libfaketime is not installed.</exception>
    public ProcessClock()
    {
        Set(TimeSpan.Zero);
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME_TIMESTAMP_FILE"] = Path.Combine(_folder.FullName, "offset"),
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }

    /// <summary>What the process needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>How far the process's clock is ahead of the machine's.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>The time on the process's clock, UTC.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + Offset;

    /// <summary>Sets the clock so far ahead of the machine's, or behind.</summary>
    /// <param name="offset">Whole seconds.</param>
    public void Set(TimeSpan offset)
    {
        Offset = TimeSpan.FromSeconds(Math.Round(offset.TotalSeconds));
        var next = Path.Combine(_folder.FullName, "next");
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{Offset.TotalSeconds:+0;-0;+0}\n"));
        File.Move(next, Path.Combine(_folder.FullName, "offset"), overwrite: true);
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    private static string Library()
    {
        foreach (var folder in Directory.EnumerateDirectories("/usr/lib", "*", SearchOption.TopDirectoryOnly).Append("/usr/lib"))
        {
            var library = Path.Combine(folder, "faketime", "libfaketimeMT.so.1");
            if (File.Exists(library))
                return library;
        }
        throw new InvalidOperationException("libfaketime is not installed: ./situational test installs it, or install the package libfaketime.");
    }
}
