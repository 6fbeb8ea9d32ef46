using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Situational.Grains.Messages;

namespace Situational.Grains.Feed;

/// <summary>
/// Sends what the outbox holds to every web node that has a lease: at once after a quiet moment, the more seldom the more there is to say,
/// and an empty message when it is quiet. A node that fails or is slow delays nobody but itself.
/// </summary>
public sealed partial class FeedPump : BackgroundService
{
    private static readonly TimeSpan NoNodes = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RestPerChange = TimeSpan.FromMicroseconds(20);

    private readonly FeedOutbox _outbox;
    private readonly Func<INodesGrain> _nodes;
    private readonly FeedOutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly GrainsMetrics _metrics;
    private readonly ILogger<FeedPump> _logger;
    private readonly string _silo = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly List<NodeStream> _streams = [];
    private readonly TimeSpan _tick;
    private readonly TimeSpan _leastTick;
    private TimeSpan _pause;
    private Task<NodeList>? _listing;
    private long _listedAt;
    private long _sentAt;

    /// <summary>Makes the pump; <paramref name="nodes"/> is asked when the silo runs, not before.</summary>
    public FeedPump(
        FeedOutbox outbox, Func<INodesGrain> nodes, IOptions<FeedOutboxOptions> options, TimeProvider time, GrainsMetrics metrics,
        ILogger<FeedPump> logger)
    {
        _outbox = outbox;
        _nodes = nodes;
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _tick = TimeSpan.FromMilliseconds(_options.TickMilliseconds);
        _leastTick = Least(_tick, TimeSpan.FromMilliseconds(_options.LeastTickMilliseconds));
        // Both lie far enough back that the first look at the nodes and the first change wait for nothing.
        _sentAt = _listedAt = time.GetTimestamp() - time.TimestampFrequency * 60;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            _outbox.Signal.Reset();
            var woken = _outbox.Signal.Task;
            var now = _time.GetTimestamp();
            TimeSpan wait;
            try
            {
                wait = LookAtNodes(now, stoppingToken);
                wait = Least(wait, Send(now));
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What was lost on the way, views notice by the grids' revisions, at the latest in the next round.
                LogPumpFault(fault);
                wait = NoNodes;
            }
            await WaitAsync(woken, wait, stoppingToken);
        }
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private TimeSpan Send(long now)
    {
        var wait = TimeSpan.FromMilliseconds(_options.QuietMilliseconds);
        var backlog = false;
        foreach (var stream in _streams)
        {
            var ready = stream.Settle(now);
            if (stream.Failure is { } failure)
            {
                stream.Failure = null;
                _metrics.OutboxFailed();
                LogFailed(stream.Node, failure);
            }
            backlog |= ready && stream.Waiting > 0;
            if (!ready && stream.Pause(now) is { Ticks: > 0 } pause)
                wait = Least(wait, pause);
        }

        ImmutableArray<GridChange> changes = [];
        if (backlog || _outbox.Waiting > 0)
        {
            var rest = _pause - _time.GetElapsedTime(_sentAt, now);
            if (rest > TimeSpan.Zero)
            {
                wait = Least(wait, rest);
            }
            else
            {
                changes = _outbox.Take();
                _sentAt = now;
                _pause = TimeSpan.FromTicks(Math.Clamp(changes.Length * RestPerChange.Ticks, _leastTick.Ticks, _tick.Ticks));
                _metrics.OutboxChanges(changes.Length);
                foreach (var stream in _streams)
                {
                    if (!stream.Settle(now))
                        stream.Keep(changes);
                    else if (!changes.IsEmpty || stream.Waiting > 0)
                        SendTo(stream, changes, now);
                }
            }
        }

        foreach (var stream in _streams)
        {
            if (!stream.Settle(now))
                continue;
            var quiet = stream.Quiet(now);
            if (quiet > TimeSpan.Zero)
                wait = Least(wait, quiet);
            else
                SendTo(stream, [], now);
        }
        return wait;
    }

    private void SendTo(NodeStream stream, ImmutableArray<GridChange> changes, long now)
    {
        _metrics.OutboxMessage();
        stream.Send(changes, now);
    }

    private TimeSpan LookAtNodes(long now, CancellationToken stopping)
    {
        if (_listing is { IsCompleted: true } done)
        {
            _listing = null;
            if (done.IsCompletedSuccessfully)
                Take(done.Result);
            else
                LogNoNodes(done.Exception?.InnerException);
        }
        var every = TimeSpan.FromMilliseconds(_options.NodesMilliseconds);
        if (_streams.Count == 0)
            every = Least(every, NoNodes);
        var rest = every - _time.GetElapsedTime(_listedAt, now);
        if (_listing is not null)
            return every;
        if (rest > TimeSpan.Zero)
            return rest;
        _listedAt = now;
        _listing = ListAsync(stopping);
        _ = _listing.ContinueWith(
            static (_, signal) => ((FeedSignal)signal!).Set(), _outbox.Signal,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return every;
    }

    private async Task<NodeList> ListAsync(CancellationToken stopping)
    {
        await Task.Yield();
        return await _nodes().ListAsync(stopping);
    }

    private void Take(NodeList list)
    {
        for (var i = _streams.Count - 1; i >= 0; i--)
            if (!Names(list, _streams[i].Node))
                _streams.RemoveAt(i);
        foreach (var lease in list.Nodes)
        {
            var known = false;
            foreach (var stream in _streams)
            {
                if (stream.Node != lease.Node)
                    continue;
                stream.Observer = lease.Observer;
                known = true;
            }
            if (!known)
                _streams.Add(new NodeStream(lease.Node, lease.Observer, _silo, _outbox, _options, _time));
        }
    }

    private static bool Names(NodeList list, string node)
    {
        foreach (var lease in list.Nodes)
            if (lease.Node == node)
                return true;
        return false;
    }

    private async Task WaitAsync(Task woken, TimeSpan wait, CancellationToken stopping)
    {
        if (woken.IsCompleted || wait <= TimeSpan.Zero)
            return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(woken, Task.Delay(wait, _time, ended.Token));
        await ended.CancelAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox failed at sending; it goes on.")]
    private partial void LogPumpFault(Exception fault);

    [LoggerMessage(1, LogLevel.Warning, "The live view of node {Node} did not take a message; its changes wait and go again.")]
    private partial void LogFailed(string node, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "The list of web nodes could not be read.")]
    private partial void LogNoNodes(Exception? exception);
}
