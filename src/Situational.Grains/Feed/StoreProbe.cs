using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;

namespace Situational.Grains.Feed;

/// <summary>
/// While the silo's outbox says that the store is away, tries every two seconds to write, so that screens hear that it is back also in a
/// city where nobody reports or moves.
/// </summary>
/// <param name="outbox">Knows how the last try ended.</param>
/// <param name="journal">What is tried.</param>
/// <param name="time">Paces the tries.</param>
/// <param name="log">Logs failures.</param>
public sealed partial class StoreProbe(FeedOutbox outbox, IJournal journal, TimeProvider time, ILogger<StoreProbe> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (outbox.StoreAway)
                    await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.ProbeAsync(cancellationToken);
            outbox.NoteStore(away: false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogStillAway(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The store is still away; tried again in 2 s.")]
    private partial void LogStillAway(Exception fault);
}
