using System.Globalization;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary>CPU time and memory of a process, as the kernel counts them (Linux).</summary>
internal sealed class ServerProbe(int pid)
{
    /// <summary>The kernel counts CPU time in hundredths of a second, whatever its own clock.</summary>
    private const double TicksASecond = 100;

    /// <summary>Most resident memory seen at any <see cref="Look"/>, in bytes.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>CPU seconds so far, of all its threads, in user and kernel mode.</summary>
    /// <exception cref="ClientException">The process is gone, or the system has no /proc.</exception>
    public double CpuSeconds()
    {
        // the program's name, in brackets, may hold blanks
        var stat = Read("stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
    }

    /// <summary>Looks how much memory it has now.</summary>
    public long Look()
    {
        var bytes = Kilobytes("VmRSS:") * 1024;
        PeakBytes = Math.Max(PeakBytes, bytes);
        return bytes;
    }

    /// <summary>Most resident memory since the process began, in bytes.</summary>
    public long HighWaterBytes() => Kilobytes("VmHWM:") * 1024;

    private long Kilobytes(string name)
    {
        foreach (var line in Read("status").Split('\n'))
            if (line.StartsWith(name, StringComparison.Ordinal))
                return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        throw new ClientException($"--server-pid: process {pid} has no memory of its own");
    }

    private string Read(string name)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{name}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException($"--server-pid: process {pid} cannot be looked at: {e.Message}", e);
        }
    }
}
