using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Situational.Domain.Coverage;
using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Grains.Options;

namespace Situational.Grains.Squads;

/// <summary>
/// Where a squad's units went since the store was last told: points of their trails, and the ways between them for coverage. Both wait in
/// bounded queues; when too many wait, the oldest are lost and counted. The ends of trails never are: without its end a unit that went off duty would stay
/// on the map of the past. They are few, one for each word about duty, and such a word waits for the store itself. Used inside one grain's turns only.
/// </summary>
/// <param name="squad">The squad's id.</param>
/// <param name="coverageOf">Coverage of a grid by its code.</param>
/// <param name="options">How trails are thinned, and how much waits.</param>
/// <param name="walk">What counts as walked.</param>
/// <param name="metrics">Counts what is lost.</param>
/// <param name="log">Logs failures.</param>
internal sealed partial class SquadTrails(
    string squad, Func<string, ICoverageGrain> coverageOf, PatrolOptions options, WalkRules walk, GrainsMetrics metrics, ILogger log)
{
    private readonly TrailRules _rules = options.Trail;
    private readonly Queue<TrailPoint> _points = [];
    private readonly List<TrailPoint> _ends = [];
    private readonly Queue<WalkedSegment> _ways = [];
    private readonly Dictionary<int, ImmutableArray<WalkedSegment>.Builder> _byGrid = [];
    private readonly List<int> _near = [];
    private TerritoryIndex? _index;

    /// <summary>Points that wait for the store.</summary>
    public int Waiting => _points.Count + _ends.Count;

    /// <summary>Takes another territory's ordinals as a basis.</summary>
    public void Use(TerritoryIndex? index) => _index = index;

    /// <summary>Takes a fix into its unit's trail, if it is apart from its neighbours there.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="fix">Its fix, which need not be its newest.</param>
    /// <param name="atMs">The time it is kept at, milliseconds since 1970.</param>
    /// <param name="ordinal">The grid it is held to be in, -1 for none.</param>
    /// <param name="always">Keep it whatever its neighbours if it is the newest: the unit came into another grid.</param>
    public void Take(UnitTrack unit, ref readonly Fix fix, long atMs, int ordinal, bool always)
    {
        if (!always && unit.Trail.IsTooSoon(atMs, in _rules))
            return;
        // An unknown accuracy is no number, and no larger than anything.
        var mark = new TrailMark(
            atMs, (int)Math.Round(fix.Latitude * 1e6), (int)Math.Round(fix.Longitude * 1e6), !(fix.AccuracyMeters > options.WalkAccuracyMeters));
        if (!unit.Trail.Keep(in mark, in _rules, always, out var before, out var after))
            return;
        Add(new TrailPoint(
            unit.Unit, DateTimeOffset.FromUnixTimeMilliseconds(atMs), mark.Latitude6 / 1e6, mark.Longitude6 / 1e6, fix.AccuracyMeters,
            CodeAt(ordinal)));
        if (!mark.Exact)
            return;
        AddWay(before is { Exists: true, Exact: true } ? before : mark, mark);
        if (after is { Exists: true, Exact: true })
            AddWay(mark, after);
    }

    /// <summary>Ends a unit's trail where it was last seen.</summary>
    /// <param name="unit">A unit of which a fix is known.</param>
    /// <param name="atMs">When it went off duty, milliseconds since 1970.</param>
    public void End(UnitTrack unit, long atMs)
    {
        // Never before the last point: whatever the clocks say, nothing comes after the end.
        var at = Math.Max(atMs, Math.Max(unit.Newest.TakenAtMs, unit.Trail.Newest.AtMs));
        Add(new TrailPoint(
            unit.Unit, DateTimeOffset.FromUnixTimeMilliseconds(at), unit.Newest.Latitude, unit.Newest.Longitude, unit.AccuracyMeters,
            CodeAt(unit.Hold.Ordinal), Ends: true));
        unit.Trail = default;
    }

    /// <summary>Takes all points that wait.</summary>
    public List<TrailPoint> TakePoints()
    {
        var points = new List<TrailPoint>(_points.Count + _ends.Count);
        points.AddRange(_points);
        points.AddRange(_ends);
        _points.Clear();
        _ends.Clear();
        return points;
    }

    /// <summary>Gives back points that the store did not take; they are older than those that wait.</summary>
    public void GiveBack(List<TrailPoint> points)
    {
        if (points.Count == 0)
            return;
        var since = TakePoints();
        foreach (var point in points)
            Add(point);
        foreach (var point in since)
            Add(point);
    }

    /// <summary>
    /// Tells coverage what was walked, each way to every grid it comes near. What could not be told waits for the next time: saying a way
    /// again changes nothing.
    /// </summary>
    public async Task TellWaysAsync()
    {
        if (_ways.Count == 0 || _index is not { } index)
            return;
        var ways = _ways.ToArray();
        _ways.Clear();
        foreach (var way in ways)
            Sort(way, index);
        var calls = new List<Task>(_byGrid.Count);
        try
        {
            foreach (var (ordinal, segments) in _byGrid)
                calls.Add(coverageOf(index.Territory.Grids[ordinal].Code).WalkedAsync(
                    new WalkedSegments(segments.DrainToImmutable()), CancellationToken.None));
            _byGrid.Clear();
            await Task.WhenAll(calls);
        }
        catch (Exception fault)
        {
            _byGrid.Clear();
            foreach (var way in ways)
                AddWay(way);
            LogWaysUntold(fault, squad, ways.Length);
        }
    }

    private void Sort(in WalkedSegment way, TerritoryIndex index)
    {
        var (fromLatitude, fromLongitude) = (way.FromLat6 / 1e6, way.FromLon6 / 1e6);
        var (toLatitude, toLongitude) = (way.ToLat6 / 1e6, way.ToLon6 / 1e6);
        // Between points that lie far apart in time the way is not known: only the points count, so only their grids hear of it.
        if (way.ToMs - way.FromMs <= walk.MaxGapSeconds * 1000)
        {
            index.AddNear(fromLatitude, fromLongitude, toLatitude, toLongitude, walk.BufferMeters, _near);
        }
        else
        {
            index.AddNear(fromLatitude, fromLongitude, fromLatitude, fromLongitude, walk.BufferMeters, _near);
            index.AddNear(toLatitude, toLongitude, toLatitude, toLongitude, walk.BufferMeters, _near);
        }
        foreach (var ordinal in _near)
        {
            ref var segments = ref CollectionsMarshal.GetValueRefOrAddDefault(_byGrid, ordinal, out _);
            segments ??= ImmutableArray.CreateBuilder<WalkedSegment>();
            // The grids of both ends may be the same one.
            if (segments.Count == 0 || segments[^1] != way)
                segments.Add(way);
        }
        _near.Clear();
    }

    private string CodeAt(int ordinal) => ordinal >= 0 && _index is not null ? _index.Territory.Grids[ordinal].Code : IGridGrain.Outside;

    private void Add(in TrailPoint point)
    {
        if (point.Ends)
        {
            _ends.Add(point);
            return;
        }
        if (_points.Count >= options.TrailWaiting)
        {
            _points.Dequeue();
            metrics.DroppedTrail(1);
        }
        _points.Enqueue(point);
    }

    private void AddWay(in TrailMark from, in TrailMark to) =>
        AddWay(new WalkedSegment(from.AtMs, from.Latitude6, from.Longitude6, to.AtMs, to.Latitude6, to.Longitude6));

    private void AddWay(in WalkedSegment way)
    {
        if (_ways.Count >= options.TrailWaiting)
        {
            _ways.Dequeue();
            metrics.DroppedTrail(1);
        }
        _ways.Enqueue(way);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: {Ways} ways could not all be told to coverage; they are told again.")]
    private partial void LogWaysUntold(Exception fault, string squad, int ways);
}
