using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Situational.Domain.Territory;
using Situational.Grains;
using Situational.Grains.Feed;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>
/// The web node's own, full, current picture of the city, fed by every silo's outbox, and the channels that screens read of it.
/// One lock guards picture, channels and cursors, so that a snapshot and the first delta after it have nothing between them.
/// Safe for all threads.
/// </summary>
internal sealed partial class LiveView : ILiveViewObserver, ILiveCity, IDisposable
{
    /// <summary>Frames that a screen takes out of the log at once.</summary>
    public const int FramesAtOnce = 8;

    /// <summary>For how long a fault of the view is said.</summary>
    private static readonly TimeSpan FaultSaid = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly FeedOptions _options;
    private readonly TimeProvider _time;
    private readonly FrameClock _clock;
    private readonly FrameWriter _writer = new();
    private readonly SiloWatch _silos;
    private readonly Dictionary<ChannelKey, FeedChannel> _channels = [];
    private readonly Channel<GridSlot> _asks = System.Threading.Channels.Channel.CreateUnbounded<GridSlot>();
    // Revision and size of the cuts whose frames logs may hold, the oldest first.
    private readonly Queue<(long Revision, int Size)> _cuts = new();
    private CityPicture _picture = new(null);
    private IReadOnlyList<Trouble> _troubles = [];
    private long? _faultAt;
    private int _casesMoving;
    private long _revision;
    private long _channelsMade;
    private long _cutBytes;
    private long _forgotten = -1;
    private int _deliveries;

    public LiveView(IOptions<FeedOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _clock = new FrameClock(time);
        _silos = new SiloWatch(time, TimeSpan.FromSeconds(_options.SiloSilentSeconds));
        _troubles = Judge();
        FeedMeter.Observe(this);
    }

    /// <summary>The node's id, new at every start.</summary>
    public string Node { get; init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>Set when there is something to cut.</summary>
    public FeedSignal Changed { get; } = new();

    /// <summary>Grids to ask for their whole picture; a grid stands in it at most once.</summary>
    public ChannelReader<GridSlot> Asks => _asks.Reader;

    /// <summary>True when a grid spoke of a newer territory than this node's.</summary>
    public bool TerritoryBehind { get; private set; }

    /// <summary>
    /// Grids that may hold or owe cases which the territory in force gives to others: such a case may be in no grid's picture for a while. 0 for
    /// none, -1 when they are not counted yet.
    /// </summary>
    public int CasesMoving
    {
        get => Volatile.Read(ref _casesMoving);
        set => Volatile.Write(ref _casesMoving, value);
    }

    /// <inheritdoc />
    public Task OnFeedAsync(FeedMessage message)
    {
        var dirty = false;
        lock (_gate)
        {
            var timestamp = _time.GetTimestamp();
            var nowMs = NowMs();
            var follows = _silos.Hear(message);
            foreach (var change in message.Changes)
                Merge(change, timestamp, nowMs);
            if (!follows)
            {
                FeedMeter.Resyncs.Add(1);
                AskEverything();
            }
            dirty = _picture.Dirty;
        }
        if (dirty)
            Changed.Set();
        return Task.CompletedTask;
    }

    /// <summary>Takes a grid's answer to an ask; null if it failed and may be asked again.</summary>
    public void Answer(GridSlot slot, GridChange? change)
    {
        lock (_gate)
        {
            slot.Asked = false;
            if (!ReferenceEquals(_picture.Find(slot.Code), slot))
                return;
            if (change is null)
                Ask(slot);
            else
                Merge(change, _time.GetTimestamp(), NowMs(), answered: true);
            if (slot.StillBehind)
                Ask(slot);
            if (!_picture.Dirty)
                return;
        }
        Changed.Set();
    }

    /// <summary>Asks every grid for its whole picture.</summary>
    public void AskAll()
    {
        lock (_gate)
            AskEverything();
    }

    /// <summary>Brings the picture to a territory; screens start over with snapshots of it, in which grids that stay are as they were.</summary>
    public void Use(CityTerritory territory)
    {
        lock (_gate)
        {
            if (_picture.TerritoryVersion >= territory.Version)
                return;
            _picture = new CityPicture(territory, _picture);
            TerritoryBehind = false;
            foreach (var channel in _channels.Values)
                channel.Retire();
            _channels.Clear();
            _troubles = Judge();
            AskEverything();
        }
    }

    /// <summary>After a fault in cutting: no channel is trusted any more, screens get snapshots, and troubles say so for a while.</summary>
    public void StartOver()
    {
        lock (_gate)
        {
            _faultAt = _time.GetTimestamp();
            foreach (var channel in _channels.Values)
                channel.Retire();
            _channels.Clear();
            _picture.Settle();
            _troubles = Judge();
        }
    }

    /// <summary>Cuts a frame for every channel that something changed for; returns how many screens there is a frame for.</summary>
    public int Cut()
    {
        lock (_gate)
        {
            CutChanges();
            return _deliveries;
        }
    }

    /// <summary>Looks at the clock: troubles, beats, channels that nobody watches.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            var troubles = Judge();
            var news = !Same(troubles, _troubles);
            // A beat says where a channel stands, so what waits is cut before it; otherwise a cut waits for its turn.
            if (news || IsCutDue() || IsBeatDue())
                CutChanges();
            _troubles = troubles;
            List<FeedChannel>? idle = null;
            foreach (var channel in _channels.Values)
            {
                channel.Log.Forget(_forgotten);
                if (channel.Screens == 0)
                {
                    if (_time.GetElapsedTime(channel.IdleSince) >= TimeSpan.FromSeconds(_options.ChannelIdleSeconds))
                        (idle ??= []).Add(channel);
                    continue;
                }
                if (news || IsBeatDue(channel))
                    channel.Speak(_writer.Beat(channel, _picture, _troubles, NowMs()), _time.GetTimestamp());
            }
            if (idle is not null)
                foreach (var channel in idle)
                    _channels.Remove(channel.Key);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    private bool IsCutDue() => _time.GetElapsedTime(_picture.Timestamp) >= TimeSpan.FromSeconds(Math.Min(1, (double)_deliveries / _options.FramesPerSecond));

    private bool IsBeatDue()
    {
        foreach (var channel in _channels.Values)
            if (channel.Screens > 0 && IsBeatDue(channel))
                return true;
        return false;
    }

    private bool IsBeatDue(FeedChannel channel) => _time.GetElapsedTime(channel.SpokeAt) >= TimeSpan.FromMilliseconds(_options.BeatMilliseconds);

    private void CutChanges()
    {
        _deliveries = 0;
        var timestamp = _picture.Timestamp = _time.GetTimestamp();
        var busy = (long)_picture.GridsToSay * CountScreens() > _options.GridRowsAtOnce;
        _picture.HoldBack(busy ? _options.GridMilliseconds * _time.TimestampFrequency / 1_000 : 0);
        if (!_picture.Dirty)
            return;
        _revision++;
        var nowMs = NowMs();
        if (_channels.Count > 0)
        {
            _writer.BeginCut(_picture, _troubles, nowMs);
            foreach (var channel in _channels.Values)
            {
                if (_writer.Delta(channel, _revision) is not { } delta)
                    continue;
                FeedMeter.Frames.Add(1);
                channel.Append(delta, timestamp);
                _deliveries += channel.Screens;
            }
            KeepCut(_writer.CutSize);
        }
        _picture.Settle();
    }

    /// <summary>Notes what the frames of a cut keep alive, and lets go of those of the oldest cuts beyond the bound.</summary>
    private void KeepCut(int size)
    {
        _cuts.Enqueue((_revision, size));
        _cutBytes += size;
        while (_cutBytes > _options.AllLogBytes && _cuts.Count > 1)
        {
            var (revision, oldest) = _cuts.Dequeue();
            _cutBytes -= oldest;
            _forgotten = revision;
        }
    }

    private void Merge(GridChange change, long timestamp, long nowMs, bool answered = false)
    {
        // A grid that this territory does not have may also be one that a change of territory left behind, and that has not heard of it.
        if (change.Summary.TerritoryVersion > _picture.TerritoryVersion)
            TerritoryBehind = true;
        if (_picture.Merge(change, timestamp, nowMs, answered) != MergeOutcome.Gap)
            return;
        FeedMeter.Gaps.Add(1);
        Ask(_picture.Find(change.Grid)!);
    }

    private void AskEverything()
    {
        foreach (var slot in _picture.Grids)
            Ask(slot);
    }

    private void Ask(GridSlot slot)
    {
        if (slot.Asked)
            return;
        slot.Asked = true;
        _asks.Writer.TryWrite(slot);
    }

    private List<Trouble> Judge()
    {
        var troubles = new List<Trouble>();
        if (_faultAt is { } faultAt && _time.GetElapsedTime(faultAt) < FaultSaid)
            troubles.Add(new Trouble("view-fault", ""));
        if (_picture.Territory is null)
            troubles.Add(new Trouble("no-territory", ""));
        int unheard = 0, unloaded = 0, behind = 0, lost = 0;
        foreach (var slot in _picture.Grids)
        {
            if (!slot.Known)
                continue;
            if (!slot.Summary.Loaded)
                unloaded++;
            if (slot.Summary.Lost > 0)
                lost++;
            if (slot.Summary.TerritoryVersion is > 0 and var version && version < _picture.TerritoryVersion)
                behind++;
            if (_time.GetElapsedTime(slot.HeardAt) > TimeSpan.FromSeconds(_options.GridUnheardSeconds))
                unheard++;
        }
        if (_silos.StoreAway > 0 || unloaded > 0)
            troubles.Add(new Trouble("store-away", unloaded > 0 ? $"{unloaded}/{_picture.Grids.Length}" : ""));
        if (lost > 0)
            troubles.Add(new Trouble("history-lost", $"{lost}"));
        if (_silos.Silent() is > 0 and var silent)
            troubles.Add(new Trouble("silo-silent", $"{silent}"));
        if (behind > 0 || TerritoryBehind)
            troubles.Add(new Trouble("territory-changing", behind > 0 ? $"{behind}/{_picture.Grids.Length}" : ""));
        if (CasesMoving is not 0 and var moving)
            troubles.Add(new Trouble("cases-moving", moving > 0 ? $"{moving}" : ""));
        if (_picture.Heard < _picture.Grids.Length)
            troubles.Add(new Trouble("warming", $"{_picture.Heard}/{_picture.Grids.Length}"));
        if (unheard > 0)
            troubles.Add(new Trouble("grids-unheard", $"{unheard}/{_picture.Grids.Length}"));
        return troubles;
    }

    private static bool Same(IReadOnlyList<Trouble> a, IReadOnlyList<Trouble> b)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
            if (a[i] != b[i])
                return false;
        return true;
    }

    private long NowMs() => _clock.ReadMs();
}
