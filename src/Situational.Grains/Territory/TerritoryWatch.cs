using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Situational.Grains.Territory;

/// <summary>
/// Keeps the city awake and the silo's copy of the territory current: asks the city for its version every few seconds. A silo or a city
/// that does not answer yet is asked again.
/// </summary>
/// <param name="grains">Makes references to grains.</param>
/// <param name="source">The silo's copy.</param>
/// <param name="time">Paces the asking.</param>
/// <param name="log">Logs failures.</param>
public sealed partial class TerritoryWatch(IGrainFactory grains, ITerritorySource source, TimeProvider time, ILogger<TerritoryWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await grains.GetGrain<ICityGrain>(ICityGrain.Key).TerritoryVersionAsync(cancellationToken);
            if (version > 0)
                await source.AtLeastAsync(version, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnanswered(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The city did not answer; it is asked again.")]
    private partial void LogUnanswered(Exception fault);
}
