using Situational.Domain.Geometry;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>The side that the API asks.</summary>
internal sealed partial class LiveView
{
    /// <inheritdoc />
    public int TerritoryVersion
    {
        get
        {
            lock (_gate)
                return _picture.TerritoryVersion;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<UnitView> Units(string? area, int limit, string? afterId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var found = new List<(string Id, UnitView View)>();
        lock (_gate)
        {
            if (_picture.ScopeOf(area ?? CityPicture.RootAlias) is not { } scope)
                return [];
            foreach (var ordinal in scope.Ordinals)
                foreach (var unit in _picture.Grids[ordinal].Units)
                    if (afterId is null || string.CompareOrdinal(unit.Id, afterId) > 0)
                        found.Add((unit.Id, View(unit)));
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        var page = new UnitView[Math.Min(limit, found.Count)];
        for (var i = 0; i < page.Length; i++)
            page[i] = found[i].View;
        return page;
    }

    /// <inheritdoc />
    public UnitView? Unit(string id)
    {
        lock (_gate)
            return _picture.Units.TryGetValue(id, out var unit) && unit.Grid >= 0 ? View(unit) : null;
    }

    /// <inheritdoc />
    public IReadOnlyList<(UnitView Unit, double Meters)> Nearest(double latitude, double longitude, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        // The farthest of the nearest comes out first: the queue never holds more than is asked for.
        var nearest = new PriorityQueue<UnitView, double>(limit + 1);
        lock (_gate)
            foreach (var unit in _picture.Units.Values)
            {
                if (unit.Grid < 0 || unit.Row.State == (byte)UnitState.Gone || unit.Row.MeasuredAtMs == 0)
                    continue;
                var meters = Distance.Meters(latitude, longitude, unit.Row.Latitude, unit.Row.Longitude);
                if (nearest.Count == limit && (limit == 0 || -meters <= Farthest(nearest)))
                    continue;
                nearest.Enqueue(View(unit), -meters);
                if (nearest.Count > limit)
                    nearest.Dequeue();
            }
        var found = new (UnitView Unit, double Meters)[nearest.Count];
        for (var i = found.Length - 1; nearest.TryDequeue(out var unit, out var away); i--)
            found[i] = (unit, -away);
        return found;
    }

    /// <inheritdoc />
    public IReadOnlyList<IReadOnlyList<string>> CasesOf(IReadOnlyList<string> units, int most)
    {
        var cases = new IReadOnlyList<string>[units.Count];
        lock (_gate)
            for (var i = 0; i < cases.Length; i++)
                cases[i] = _picture.GivenTo("unit:" + units[i], most);
        return cases;
    }

    /// <inheritdoc />
    public CaseRow? Case(string id)
    {
        lock (_gate)
            return _picture.Holder(id)?.Row;
    }

    /// <inheritdoc />
    public long? SilentSince(string grid)
    {
        lock (_gate)
            return _picture.Find(grid) is { Known: true, Summary.Silent: true } slot ? slot.Summary.HeardAtMs : null;
    }

    /// <inheritdoc />
    public IReadOnlyList<CaseRow> Cases(IReadOnlyList<string> grids, string category, int limit)
    {
        var found = new List<CaseRow>();
        lock (_gate)
            foreach (var code in grids)
                if (_picture.Find(code) is { } slot)
                    foreach (var one in slot.Cases.Values)
                        if (found.Count < limit && one.Row.Category == category)
                            found.Add(one.Row);
        return found;
    }

    /// <inheritdoc />
    public IReadOnlyList<CaseRow> CasesOf(IReadOnlySet<string> assignees, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var found = new List<CaseRow>();
        lock (_gate)
            foreach (var one in _picture.Cases)
                if (one.Row.Assignee is { } given && assignees.Contains(given))
                    found.Add(one.Row);
        found.Sort(static (a, b) => (a.DueAtMs == 0, a.DueAtMs).CompareTo((b.DueAtMs == 0, b.DueAtMs)) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        return found.Count <= limit ? found : found[..limit];
    }

    /// <inheritdoc />
    public AreaView? Area(string code)
    {
        lock (_gate)
            return _picture.ScopeOf(code) is { } scope ? new AreaView(scope.Code, scope.Sums(_picture)) : null;
    }

    /// <inheritdoc />
    public IReadOnlyList<string> SilentGrids(string area)
    {
        var silent = new List<string>();
        lock (_gate)
            foreach (var ordinal in _picture.ScopeOf(area) is { } scope ? scope.Ordinals : [])
                if (_picture.Grids[ordinal] is { Known: true, Summary.Silent: true } slot)
                    silent.Add(slot.Code);
        silent.Sort(StringComparer.Ordinal);
        return silent;
    }

    /// <inheritdoc />
    public IReadOnlyList<Trouble> Troubles()
    {
        lock (_gate)
            return Judge();
    }

    private static double Farthest(PriorityQueue<UnitView, double> nearest)
    {
        nearest.TryPeek(out _, out var away);
        return away;
    }

    private UnitView View(UnitSlot unit)
    {
        var row = unit.Row;
        return new UnitView(
            unit.Id, row.CallSign, row.Squad, _picture.Grids[unit.Grid].Code, row.Latitude, row.Longitude, row.MeasuredAtMs,
            (UnitState)row.State, float.IsFinite(row.HeadingDegrees) ? row.HeadingDegrees : null, (FixMarks)row.Marks,
            row.BatteryPercent >= 0 ? row.BatteryPercent : null, row.EnteredAtMs, row.SosAtMs);
    }
}
