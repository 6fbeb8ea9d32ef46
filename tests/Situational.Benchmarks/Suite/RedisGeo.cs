using System.Diagnostics;
using System.Globalization;

namespace Situational.Benchmarks.Suite;

/// <summary>
/// What Redis takes of positions on the same machine, to hold the own figure against: <c>GEOADD</c> by <c>redis-benchmark</c>, 50 connections,
/// 16 commands at once, nothing kept on disk.
/// </summary>
internal static class RedisGeo
{
    /// <summary>Commands a second.</summary>
    public static async Task<double> RunAsync(int port)
    {
        var start = new ProcessStartInfo("redis-benchmark", [
            "-p", port.ToString(CultureInfo.InvariantCulture), "-P", "16", "-c", "50", "-n", "2000000", "-r", "10000", "--csv",
            "GEOADD", "units", "121.4", "31.2", "unit-__rand_int__"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        // "test","rps",... then one line whose second field is the rate
        var fields = output.Trim().Split('\n')[^1].Split("\",\"");
        return double.Parse(fields[1].Trim('"'), CultureInfo.InvariantCulture);
    }
}
