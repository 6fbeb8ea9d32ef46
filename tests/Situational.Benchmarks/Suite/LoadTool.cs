using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Situational.Testing;

namespace Situational.Benchmarks.Suite;

/// <summary><c>situational load</c> as a process of its own, as a person runs it.</summary>
internal static class LoadTool
{
    /// <summary>Runs it against a host until it ends, and reads what it wrote.</summary>
    public static async Task<JsonElement> RunAsync(HostProcess host, params string[] arguments)
    {
        var file = Path.Combine(host.DataFolder, "load.json");
        // artifacts/<runtime>/bin/<this>/<configuration>/ -> artifacts/<runtime>/bin/Situational.Cli/<configuration>/
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, "Situational.Cli", here.Name, "situational-cli.dll");
        var start = new ProcessStartInfo("dotnet", [
            program, "load", "--server", host.BaseAddress.ToString(), "--data", host.DataFolder, "--server-pid",
            host.Id.ToString(CultureInfo.InvariantCulture), "--json", file, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SITUATIONAL_SERVER");
        start.Environment.Remove("SITUATIONAL_KEY");
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"The load ended with {process.ExitCode}.\n{await output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        return document.RootElement.Clone();
    }

    /// <summary>A number by its names from the outside in.</summary>
    public static double Number(this JsonElement result, params string[] path)
    {
        foreach (var name in path)
            result = result.GetProperty(name);
        return result.GetDouble();
    }
}
