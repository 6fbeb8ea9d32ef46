using System.Globalization;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary>All screens of a run.</summary>
internal sealed class LoadScreens
{
    /// <summary>Screens of one address: a system takes 200 of one identity from each.</summary>
    private const int EachAddress = 150;

    private const int AtOnce = 32;
    private static readonly TimeSpan UntilReady = TimeSpan.FromSeconds(60);
    private readonly List<LoadScreen> _screens = [];
    private readonly List<BadScreen> _bad = [];
    private readonly BadTally _badTally = new();
    private readonly ScreensPlan _plan;
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _running = [];

    /// <summary>Screens that are not connected yet.</summary>
    public LoadScreens(LoadTarget target, LoadWindow window, ScreensPlan plan, Ground ground, LoadMarkers? markers, TimeProvider time)
    {
        _plan = plan;
        var random = new Random(plan.Count);
        var boxes = Enumerable.Range(0, plan.Boxes).Select(_ => Box(ground, random)).ToList();
        for (var i = 0; i < plan.Count; i++)
        {
            var verifies = (int)((i + 1) * plan.VerifyShare) > (int)(i * plan.VerifyShare);
            var watch = new ScreenWatch(plan.Area, boxes.Count > 0 ? boxes[i % boxes.Count] : "", verifies, 1 + i / EachAddress);
            _screens.Add(new LoadScreen(target, window, Tally, watch, markers, time));
        }
        foreach (var (manner, count) in plan.Bad)
            for (var i = 0; i < count; i++)
            {
                var address = 2 + plan.Count / EachAddress + _bad.Count / EachAddress;
                var box = boxes.Count > 0 ? boxes[_bad.Count % boxes.Count] : "";
                _bad.Add(new BadScreen(target, new ScreenWatch(plan.Area, box, false, address), manner, _badTally));
            }
    }

    /// <summary>What came.</summary>
    public ScreenTally Tally { get; } = new();

    /// <summary>Screens that have a picture.</summary>
    public int Ready => _screens.Count(s => s.Ready.IsCompleted);

    /// <summary>Connects all and waits until they have a picture, a minute at most.</summary>
    /// <exception cref="ClientException">None gets one, because all are refused.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        _running.Add(SayHelloAsync());
        var late = Task.Delay(UntilReady, stop);
        foreach (var some in _screens.Chunk(AtOnce))
        {
            _running.AddRange(some.Select(s => s.RunAsync(_ended.Token)));
            await Task.WhenAny(Task.WhenAll(some.Select(s => s.Ready)), Tally.FirstRefusal, late);
            stop.ThrowIfCancellationRequested();
            if (Ready > 0 || !Tally.FirstRefusal.IsCompleted)
                continue;
            await EndAsync();
            throw new ClientException("screens get no picture: " + await Tally.FirstRefusal);
        }
        await Task.WhenAny(Task.WhenAll(_screens.Select(s => s.Ready)), late);
        stop.ThrowIfCancellationRequested();
        _running.AddRange(_bad.Select(s => s.RunAsync(_ended.Token)));
    }

    /// <summary>Cuts all.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_running);
    }

    /// <summary>The figures.</summary>
    public ScreensResult Result(double seconds)
    {
        var frames = Tally.Snapshots + Tally.Deltas + Tally.Beats;
        var each = Math.Max(1, _plan.Count);
        return new ScreensResult(
            _plan.Count, Ready, frames, Tally.Snapshots, Tally.Deltas, Tally.Beats, frames / seconds / each, Tally.Bytes,
            Tally.Bytes / seconds / each, Tally.Gaps, Tally.Resyncs, Tally.Digests, Tally.DigestFaults, Tally.Breaches, Tally.Lost, Tally.Refused,
            LatencyResult.Of(Tally.Age),
            _bad.Count > 0 ? new BadResult(_bad.Count, _badTally.Connections, _badTally.Lost) : null);
    }

    /// <summary>About a tenth of the city.</summary>
    private static string Box(Ground ground, Random random)
    {
        var side = Math.Sqrt(0.1);
        var south = ground.South + random.NextDouble() * (1 - side) * (ground.North - ground.South);
        var west = ground.West + random.NextDouble() * (1 - side) * (ground.East - ground.West);
        return string.Create(CultureInfo.InvariantCulture,
            $",\"box\":[{south:F6},{west:F6},{south + side * (ground.North - ground.South):F6},{west + side * (ground.East - ground.West):F6}]");
    }

    private async Task SayHelloAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(HubSocket.BetweenPings, _ended.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            foreach (var screen in _screens)
                screen.SayHello();
        }
    }
}
