using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Situational.Grains.Squads;

/// <summary>
/// Has this silo's squads tell coverage what was walked before the silo stops: once it stops, grids' coverage may end before a squad does,
/// and none is activated any more.
/// </summary>
internal sealed partial class WaysAtStop(SquadsHere squads, IGrainFactory grains, ILogger<WaysAtStop> log) : IHostedService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(squads.Ids.Select(squad => grains.GetGrain<ISquadGrain>(squad).TellWaysAsync(CancellationToken.None)))
                .WaitAsync(Longest, TimeProvider.System, cancellationToken);
        }
        catch (Exception fault)
        {
            LogUntold(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not all squads could tell coverage what was walked last before this silo stops.")]
    private partial void LogUntold(Exception fault);
}
