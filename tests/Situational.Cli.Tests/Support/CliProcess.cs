using System.Diagnostics;
using Situational.Testing;

namespace Situational.Cli.Tests.Support;

/// <summary>The built client as a process of its own, as a person at a terminal runs it.</summary>
internal static class CliProcess
{
    /// <summary>Runs a command against a host until it ends.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(HostProcess host, params string[] arguments)
    {
        using var process = Start(host, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>Starts a command against a host; the caller ends it.</summary>
    public static Process Start(HostProcess host, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "situational-cli.dll"), .. arguments,
            "--server", host.BaseAddress.ToString(), "--data", host.DataFolder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SITUATIONAL_SERVER");
        start.Environment.Remove("SITUATIONAL_KEY");
        return Process.Start(start)!;
    }
}
