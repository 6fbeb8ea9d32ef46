using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Host.Identity;
using Situational.Storage;

namespace Situational.Host.Setup;

/// <summary>Runs the host and turns what its operator can mend into one line a fault and an exit code.</summary>
internal static class HostRun
{
    /// <summary>Builds and runs the host to its end.</summary>
    /// <returns>0 after a clean stop, else one of <see cref="StartRefusedException"/>'s codes.</returns>
    public static async Task<int> ToExitCodeAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            // before anything starts: what is refused here has begun nothing and logs nothing
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            _ = app.Services.GetRequiredService<IJournal>();
            _ = app.Services.GetRequiredService<IngestKey>();
            await app.RunAsync();
            return 0;
        }
        catch (StartRefusedException e)
        {
            return await RefuseAsync(e.ExitCode, e.Message);
        }
        catch (StorageUnusableException e)
        {
            return await RefuseAsync(StartRefusedException.DataFolder, e.Message);
        }
        catch (OptionsValidationException e)
        {
            return await RefuseAsync(StartRefusedException.Settings, string.Join(Environment.NewLine + "situational: ", e.Failures));
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return await RefuseAsync(StartRefusedException.PortInUse, e.Message);
        }
    }

    private static async Task<int> RefuseAsync(int code, string line)
    {
        await Console.Error.WriteLineAsync("situational: " + line);
        return code;
    }
}
