using Situational.Domain.Journal;

namespace Situational.Host.Alerts;

/// <summary>Removes acknowledgements that nobody asks for any more: those of more than a month ago.</summary>
internal sealed partial class AlertForgetting(IAlertStore alerts, TimeProvider time, ILogger<AlertForgetting> logger) : BackgroundService
{
    private const int AtOnce = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(31), Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ForgetAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await alerts.ForgetAsync(time.GetUtcNow() - Kept, AtOnce, cancellationToken) == AtOnce)
                cancellationToken.ThrowIfCancellationRequested();
        }
        catch (JournalUnavailableException e)
        {
            LogLater(logger, e);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The store is away: acknowledgements are forgotten an hour later")]
    private static partial void LogLater(ILogger logger, Exception exception);
}
