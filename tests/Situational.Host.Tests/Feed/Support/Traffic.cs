using System.Diagnostics;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>Units that wander about a city, and unless told otherwise cases that open and close, at a given pace.</summary>
internal sealed class Traffic(FeedServer server, int units, int seed, bool cases = true) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly TaskCompletionSource _halfway = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _open = [];
    private readonly PeriodicTimer _timer = new(TimeSpan.FromMilliseconds(20));

    public Task HalfwayAsync() => _halfway.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Publishes so many fixes as the pace makes in that time.</summary>
    public async Task DriveAsync(int fixesPerSecond, TimeSpan time)
    {
        var total = (int)(fixesPerSecond * time.TotalSeconds);
        var done = 0;
        var begun = Stopwatch.GetTimestamp();
        while (done < total)
        {
            var due = Math.Min(total, (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * fixesPerSecond));
            for (; done < due; done++)
                server.Publish(Step());
            if (done >= total / 2)
                _halfway.TrySetResult();
            await _timer.WaitForNextTickAsync();
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>One thing that happens.</summary>
    public IReadOnlyList<GridChange> Step()
    {
        var (latitude, longitude) = (31.0 - 0.005 + _random.NextDouble() * 0.1, 121.0 - 0.005 + _random.NextDouble() * 0.1);
        var changes = server.City.Move($"u{_random.Next(units)}", latitude, longitude, (UnitState)_random.Next(4), (FixMarks)_random.Next(4));
        if (cases && _random.Next(50) == 0)
        {
            changes.Add(server.City.Open(31.0 + _random.NextDouble() * 0.039, 121.0 + _random.NextDouble() * 0.039, _random.Next(1, 5), out var id));
            _open.Add(id);
        }
        if (_open.Count > 0 && _random.Next(70) == 0)
        {
            var at = _random.Next(_open.Count);
            changes.Add(server.City.Close(_open[at]));
            _open.RemoveAt(at);
        }
        return changes;
    }
}
