using System.Diagnostics;
using System.Text.Json;

namespace Situational.Benchmarks.WholePath;

/// <summary>One unit whose fixes are timed from before their POST to their frame at every screen.</summary>
internal sealed class Probe
{
    private const string Unit = "probe";

    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];
    private long _expected;
    private long _postedAt;
    private int _missing;
    private TaskCompletionSource _arrived = new();

    /// <summary>What a screen calls with each frame.</summary>
    public Action<JsonElement, long> Listener()
    {
        var seen = 0L;
        return (frame, timestamp) =>
        {
            if (!frame.TryGetProperty("units", out var units))
                return;
            foreach (var row in units.EnumerateArray())
            {
                if (!row[0].ValueEquals(Unit))
                    continue;
                var at = row[5].GetInt64();
                lock (_gate)
                {
                    if (at != _expected || seen == at)
                        return;
                    seen = at;
                    _milliseconds.Add(Stopwatch.GetElapsedTime(_postedAt, timestamp).TotalMilliseconds);
                    if (--_missing == 0)
                        _arrived.TrySetResult();
                }
                return;
            }
        };
    }

    /// <summary>Posts fixes one at a time, each after the one before has reached all screens and a pause; returns all times in ascending order.</summary>
    public async Task<List<double>> MeasureAsync(HttpClient client, int times, int screens)
    {
        var random = new Random(1);
        lock (_gate)
            _milliseconds.Clear();
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(random.Next(120, 260));
            var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            Task arrived;
            lock (_gate)
            {
                _expected = at;
                _missing = screens;
                _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrived = _arrived.Task;
                _postedAt = Stopwatch.GetTimestamp();
            }
            await PathCity.PostOneAsync(client, Unit, at);
            await arrived.WaitAsync(TimeSpan.FromSeconds(10));
        }
        lock (_gate)
        {
            _milliseconds.Sort();
            return [.. _milliseconds];
        }
    }
}
