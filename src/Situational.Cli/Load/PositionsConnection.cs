using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Situational.Cli.Load;

/// <summary>Sends the fixes of its own units, one after the other, round and round; now and then one of a marked unit in the place of the first.</summary>
internal sealed class PositionsConnection : LoadConnection
{
    private readonly PositionsAnswerReader _answers = new();
    private readonly FixTemplate _template;
    private readonly Fleet _units;
    private readonly Fleet _marked;
    private readonly LoadMarkers _markers;
    private readonly LoadTally _tally;
    private readonly TimeProvider _time;
    private readonly int _batch;
    private readonly int _depth;
    private readonly long _markerInterval;
    private long _nextMarker;
    private int _next;
    private int _nextMarked;

    /// <summary>A connection that is not open yet.</summary>
    /// <param name="target">Where to send.</param>
    /// <param name="window">When figures count.</param>
    /// <param name="tally">Takes them.</param>
    /// <param name="plan">What to send.</param>
    /// <param name="units">Its units, at least as many as are in one request.</param>
    /// <param name="marked">Its marked units; may be none.</param>
    /// <param name="markers">Remembers markers.</param>
    /// <param name="markersPerSecond">How many it sends.</param>
    /// <param name="time">Gives fixes their time.</param>
    public PositionsConnection(
        LoadTarget target, LoadWindow window, LoadTally tally, PositionsPlan plan, Fleet units, Fleet marked, LoadMarkers markers,
        double markersPerSecond, TimeProvider time)
        : base(target, window, tally, plan.Depth)
    {
        (_units, _marked, _markers, _tally, _time, _batch, _depth) = (units, marked, markers, tally, time, plan.Batch, plan.Depth);
        _template = new FixTemplate(target.Head, plan.Depth, plan.Batch, plan.Lines, plan.Bare);
        _markerInterval = marked.Count > 0 && markersPerSecond > 0 ? (long)(Stopwatch.Frequency / markersPerSecond) : 0;
        // spread over the interval, so that connections do not mark at the same moment
        _nextMarker = Stopwatch.GetTimestamp() + (long)(new Random(units.First).NextDouble() * _markerInterval);
    }

    /// <summary>Bytes of a request.</summary>
    public int RequestBytes => _template.RequestBytes;

    /// <inheritdoc />
    protected override int Size => _batch;

    /// <inheritdoc />
    protected override ReadOnlyMemory<byte> Compose()
    {
        for (var request = 0; request < _depth; request++)
            Fill(request);
        return _template.Bytes;
    }

    /// <inheritdoc />
    protected override int Judge(int status, ReadOnlySpan<byte> body, bool counts)
    {
        if (status != (int)HttpStatusCode.Accepted)
        {
            if (counts)
                _tally.Refuse(string.Create(CultureInfo.InvariantCulture, $"http {status}"), _batch);
            return 0;
        }
        _answers.Read(body);
        if (!counts)
            return 0;
        _tally.Add(_answers.Sums);
        if (_answers.Refused > 0)
            PositionsAnswerReader.Refuse(body, _answers.Refused, _tally);
        return _answers.Accepted;
    }

    private void Fill(int request)
    {
        var units = _units.Units;
        var last = (_next + _batch - 1) % units.Length;
        // a unit's times grow, also when its turn comes more than once in a millisecond
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var at = Math.Max(now, units[last].AtMs + 1);
        var digits = TimeDigits.Of(at);
        for (var place = 0; place < _batch; place++)
        {
            ref var unit = ref units[_next];
            unit.WalkTo(at, _units.Rounds[_next]);
            _template.Write(request, place, unit, digits);
            if (++_next == units.Length)
                _next = 0;
        }
        if (_markerInterval > 0 && Stopwatch.GetTimestamp() is var ticks && ticks >= _nextMarker)
            Mark(request, ticks, now);
    }

    private void Mark(int request, long ticks, long now)
    {
        _nextMarker = Math.Max(_nextMarker + _markerInterval, ticks - _markerInterval);
        ref var unit = ref _marked.Units[_nextMarked];
        var at = Math.Max(now, unit.AtMs + 1);
        unit.WalkTo(at, _marked.Rounds[_nextMarked]);
        _template.Write(request, 0, unit, TimeDigits.Of(at));
        _markers.Send(_marked.First + _nextMarked, at);
        _nextMarked = (_nextMarked + 1) % _marked.Count;
    }
}
