using System.Diagnostics;
using System.Globalization;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary>One run: makes units known, starts everything, counts for its time, ends everything.</summary>
internal sealed class LoadRun(LoadTarget target, SituationalClient client, LoadPlan plan, Ground ground, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Who stops the command waits 2 s at most before it is ended without a word.</summary>
    private static readonly TimeSpan GraceWhenStopped = TimeSpan.FromSeconds(1);

    private readonly LoadWindow _window = new(plan.Count);
    private readonly LoadTally _fixes = new();
    private readonly LoadTally _reports = new();
    private readonly List<LoadConnection> _connections = [];
    private readonly List<long> _fixesEachSecond = [];
    private readonly List<long> _reportsEachSecond = [];
    private readonly ServerProbe? _server = plan.ServerPid > 0 ? new ServerProbe(plan.ServerPid) : null;
    private LoadMarkers? _markers;
    private LoadScreens? _screens;
    private double _bytesPerFix;

    /// <summary>Runs it. Stopping ends it early; what was measured until then is the result.</summary>
    public async Task<LoadResult> RunAsync(CancellationToken stop)
    {
        using var pacer = new LoadPacer();
        if (plan.Positions is { } positions)
            await AddPositionsAsync(positions, stop);
        if (plan.Reports is { } reports)
            AddReports(reports);
        if (plan.Screens is { } screens)
        {
            _screens = new LoadScreens(target, _window, screens, ground, _markers, time);
            await _screens.StartAsync(stop);
        }
        Pace(pacer);
        using var ended = new CancellationTokenSource();
        // without a warm-up the very first request counts
        if (plan.WarmUpSeconds == 0)
            _window.Open();
        var running = _connections.Select(c => c.RunAsync(ended.Token)).ToArray();
        await WaitAsync(plan.WarmUpSeconds, stop);
        if (!_window.IsOpen)
            _window.Open();
        var (cpu, own) = (_server?.CpuSeconds() ?? 0, Environment.CpuUsage.TotalTime);
        await MeasureAsync(running, stop);
        _window.End();
        pacer.Dispose();
        await DrainAsync(running, ended, stop.IsCancellationRequested ? GraceWhenStopped : Grace);
        _window.Close();
        var seconds = Stopwatch.GetElapsedTime(_window.OpenedAt).TotalSeconds;
        var result = Result(seconds, (_server?.CpuSeconds() ?? 0) - cpu, (Environment.CpuUsage.TotalTime - own).TotalSeconds);
        if (_screens is not null)
            await _screens.EndAsync();
        return result;
    }

    private async Task AddPositionsAsync(PositionsPlan positions, CancellationToken stop)
    {
        // in the past by as much as makes each unit's first fix newer
        var at = time.GetUtcNow().ToUnixTimeMilliseconds() - 1_000;
        var each = plan.MarkersPerSecond / positions.Connections;
        var marked = plan.MarkersPerSecond > 0 ? Math.Max(1, (int)Math.Ceiling(each * LoadMarkers.RestSeconds)) : 0;
        _markers = new LoadMarkers(_window, marked * positions.Connections);
        var (units, markedUnits) = (new List<Fleet>(), new List<Fleet>());
        for (var i = 0; i < positions.Connections; i++)
        {
            var first = (int)((long)plan.Units * i / positions.Connections);
            var count = (int)((long)plan.Units * (i + 1) / positions.Connections) - first;
            units.Add(Fleet.Of('u', first, count, ground, plan.Seed, at));
            markedUnits.Add(Fleet.Of(LoadMarkers.Letter, i * marked, marked, ground, plan.Seed, at));
        }
        await Fleet.EnrolAsync(client, 'u', units, stop);
        await Fleet.EnrolAsync(client, LoadMarkers.Letter, markedUnits, stop);
        for (var i = 0; i < positions.Connections; i++)
        {
            var connection = new PositionsConnection(target, _window, _fixes, positions, units[i], markedUnits[i], _markers, each, time);
            _bytesPerFix = (double)connection.RequestBytes / positions.Batch;
            _connections.Add(connection);
        }
    }

    private void AddReports(ReportsPlan reports)
    {
        var run = Random.Shared.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
        for (var i = 0; i < reports.Callers; i++)
            _connections.Add(new ReportsConnection(target, _window, _reports, ground, run, i));
    }

    private void Pace(LoadPacer pacer)
    {
        var positions = plan.Positions?.Connections ?? 0;
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < _connections.Count; i++)
        {
            var (rate, all, size, number) = i < positions
                ? (plan.Positions!.PerSecond, positions, plan.Positions.Batch * plan.Positions.Depth, i)
                : (plan.Reports!.PerSecond, plan.Reports.Callers, 1, i - positions);
            if (rate <= 0)
                continue;
            var seconds = all * size / rate;
            _connections[i].Pace(pacer, begin + (long)(seconds * number / all * Stopwatch.Frequency), seconds);
        }
    }

    private async Task MeasureAsync(Task[] running, CancellationToken stop)
    {
        var all = running.Length > 0 ? Task.WhenAll(running) : Task.Delay(Timeout.Infinite, stop);
        var (fixes, reports, second) = (0L, 0L, 1);
        while (!stop.IsCancellationRequested && !all.IsCompleted && Stopwatch.GetElapsedTime(_window.OpenedAt).TotalSeconds is var passed && passed < plan.Seconds)
        {
            _server?.Look();
            if (passed >= second)
            {
                second++;
                _fixesEachSecond.Add(-fixes + (fixes = _fixes.Accepted));
                _reportsEachSecond.Add(-reports + (reports = _reports.Accepted));
            }
            var left = Math.Min(plan.Seconds, second) - passed;
            await Task.WhenAny(all, WaitAsync(Math.Min(Look.TotalSeconds, left), stop));
        }
        _server?.Look();
    }

    private async Task DrainAsync(Task[] running, CancellationTokenSource ended, TimeSpan grace)
    {
        var all = Task.WhenAll(running);
        if (await Task.WhenAny(all, Task.Delay(grace)) != all)
        {
            await ended.CancelAsync();
            foreach (var connection in _connections)
                connection.Cut();
        }
        await all;
    }

    private static async Task WaitAsync(double seconds, CancellationToken stop)
    {
        if (seconds > 0)
            await Task.Delay(TimeSpan.FromSeconds(seconds), stop).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private LoadResult Result(double seconds, double serverCpu, double ownCpu) => new(
        seconds,
        plan.Positions is { } positions
            ? new PositionsResult(Flow(_fixes, positions.PerSecond, seconds, _fixesEachSecond), _fixes.Fixes, _bytesPerFix) : null,
        plan.Reports is { } reports ? Flow(_reports, reports.PerSecond, seconds, _reportsEachSecond) : null,
        _screens?.Result(seconds),
        _screens is not null && _markers is { Units: > 0 } markers ? new MarkersResult(markers.Offered, LatencyResult.Of(markers.Latency)) : null,
        _server is null ? null : new ServerResult(serverCpu, serverCpu / seconds, _server.PeakBytes, _server.HighWaterBytes()),
        new OwnResult(ownCpu, ownCpu / seconds, _fixes.Accepted > 0 ? ownCpu * 1e6 / _fixes.Accepted : null));

    private static FlowResult Flow(LoadTally tally, double rate, double seconds, IReadOnlyList<long> eachSecond)
    {
        var refused = tally.Refused;
        return new FlowResult(
            rate > 0 ? rate : null, tally.Offered, tally.Accepted, tally.Accepted / seconds, refused,
            Math.Max(0, tally.Offered - tally.Accepted - refused.Values.Sum()), tally.Requests, tally.Lost, LatencyResult.Of(tally.Latency), eachSecond);
    }
}
