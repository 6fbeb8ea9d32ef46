using Microsoft.Extensions.Options;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Grains.Options;

namespace Situational.Host.History;

/// <summary>
/// Removes what is kept for a number of days only: once a night, by the city's clock, in small portions with pauses between them, so that reports
/// never wait behind it. A node that does not live through a night does it a day after its start. A store that is away is asked again.
/// </summary>
internal sealed partial class Forgetting(
    IPastStore past, ITrailStore trails, ICoverageStore coverage, IAlertStore alerts, IOptions<PastOptions> pastOptions,
    IOptions<TrailsOptions> trailsOptions, IOptions<CoverageOptions> coverageOptions, CityRules rules, TimeProvider time, ILogger<Forgetting> logger)
    : BackgroundService
{
    /// <summary>Rows that are removed at once.</summary>
    public const int Portion = 500;

    /// <summary>Months and quarters whose sheets are kept: as many as one answer shows.</summary>
    public const int KeptPeriods = 31;

    /// <summary>How often it looks whether it is time.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>The pause between two portions.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>By when it is done at the latest, whatever the hour.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromHours(24);

    private static readonly TimeSpan Soonest = TimeSpan.FromHours(12);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            long? doneAt = null;
            var begun = time.GetTimestamp();
            using var timer = new PeriodicTimer(Look, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var waited = time.GetElapsedTime(doneAt ?? begun);
                if (waited < Latest && !(IsNight() && (doneAt is null || waited >= Soonest)))
                    continue;
                if (await ForgetAsync(stoppingToken))
                    doneAt = time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Removes everything that is older than it is to be kept; false when a store was away and it is to be tried again.</summary>
    internal async Task<bool> ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, rules.Calendar.Zone).DateTime);
        var (casesBefore, pointsBefore) = (now.AddDays(-pastOptions.Value.KeptDays), now.AddDays(-trailsOptions.Value.KeptDays));
        var acknowledgedBefore = now.AddDays(-pastOptions.Value.AcknowledgedDays);
        var (day, month) = (today.AddDays(-coverageOptions.Value.KeptDays), today.AddDays(1 - today.Day).AddMonths(-KeptPeriods));
        var quarter = today.AddDays(1 - today.Day).AddMonths(-3 * KeptPeriods);
        var whole = true;
        whole &= await ForgetAsync("past rows of cases", casesBefore, most => past.ForgetAsync(casesBefore, most, cancellationToken), cancellationToken);
        whole &= await ForgetAsync("trail points", pointsBefore, most => trails.ForgetAsync(pointsBefore, most, cancellationToken), cancellationToken);
        whole &= await ForgetAsync(
            "acknowledgements", acknowledgedBefore, most => alerts.ForgetAsync(acknowledgedBefore, most, cancellationToken), cancellationToken);
        foreach (var (cadence, before) in new[] { (CoverageCadence.Daily, day), (CoverageCadence.Monthly, month), (CoverageCadence.Quarterly, quarter) })
            whole &= await ForgetAsync(
                "coverage sheets", new DateTimeOffset(before, TimeOnly.MinValue, TimeSpan.Zero),
                most => coverage.ForgetAsync(cadence, before, most, cancellationToken), cancellationToken);
        return whole;
    }

    private async Task<bool> ForgetAsync(string what, DateTimeOffset before, Func<int, Task<int>> forget, CancellationToken cancellationToken)
    {
        var all = 0L;
        try
        {
            int gone;
            do
            {
                gone = await forget(Portion);
                all += gone;
                if (gone >= Portion)
                    await Task.Delay(Pause, time, cancellationToken);
            }
            while (gone >= Portion);
            if (all > 0)
                LogForgotten(all, what, before);
            return true;
        }
        catch (Exception fault) when (fault is JournalUnavailableException or TimeoutException)
        {
            LogStoreAway(what, all, fault);
            return false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What it did not remove stays too long, which is no reason to end the host.
            LogFailed(what, fault);
            return false;
        }
    }

    private bool IsNight() => TimeZoneInfo.ConvertTime(time.GetUtcNow(), rules.Calendar.Zone).Hour is >= 1 and < 5;

    [LoggerMessage(1, LogLevel.Information, "{Count} {What} from before {Before} are no longer kept and were removed")]
    private partial void LogForgotten(long count, string what, DateTimeOffset before);

    [LoggerMessage(2, LogLevel.Warning, "The store is away: old {What} are removed later ({Count} were)")]
    private partial void LogStoreAway(string what, long count, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Old {What} could not be removed; it is tried again")]
    private partial void LogFailed(string what, Exception exception);
}
