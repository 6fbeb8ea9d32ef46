using System.Runtime.InteropServices;
using Situational.Storage;

namespace Situational.Host.Setup;

/// <summary>The host's program as <c>verify</c> and <c>migrate</c>: no server, only the store.</summary>
internal static class UpkeepRun
{
    /// <summary>Runs one of <see cref="StorageUpkeep"/>'s commands; an interrupt or a termination stops it in order.</summary>
    public static async Task<int> ToExitCodeAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await StorageUpkeep.RunAsync(args, Configure, Console.Out, Console.Error, TimeProvider.System, stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static IConfiguration Configure(IEnumerable<string> settings) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine([.. settings])
        .Build();
}
