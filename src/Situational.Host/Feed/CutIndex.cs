namespace Situational.Host.Feed;

/// <summary>
/// Rows of a cut by grid and place, so that choosing what a channel shows costs what it shows and not what changed in the city. Used
/// anew at every cut; guarded by the live view's gate.
/// </summary>
internal sealed class CutIndex
{
    private readonly List<Entry> _nowhere = [];
    private Entry[] _entries = new Entry[64];
    private Entry[] _placed = [];
    private int[] _latitudes = [];
    private int[] _heads = [];
    private int[] _next = [];
    private int _count;
    private int _placedCount;
    private bool _isSorted;
    private bool _isChained;

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        if (_isChained)
            for (var i = 0; i < _count; i++)
                _heads[_entries[i].Grid] = 0;
        _count = 0;
        _isSorted = _isChained = false;
    }

    /// <summary>Adds a row; one without a grid is in no area.</summary>
    public void Add(int row, int grid, int latitude6, int longitude6)
    {
        if (grid < 0)
            return;
        if (_count == _entries.Length)
            Array.Resize(ref _entries, 2 * _count);
        _entries[_count++] = new Entry(row, grid, latitude6, longitude6);
    }

    /// <summary>Collects the rows that lie in an area, and if there is a box, in the box or nowhere.</summary>
    public void Select(AreaScope scope, FrameBox? box, List<int> into)
    {
        if (_count == 0)
            return;
        if (box is { } inBox)
            SelectIn(scope, inBox, into);
        else if (scope.Ordinals.Length < _count)
            SelectBy(scope, into);
        else
            foreach (ref readonly var entry in _entries.AsSpan(0, _count))
                if (scope.Contains(entry.Grid))
                    into.Add(entry.Row);
    }

    private void SelectIn(AreaScope scope, FrameBox box, List<int> into)
    {
        if (!_isSorted)
            Sort();
        var latitudes = _latitudes.AsSpan(0, _placedCount);
        var from = latitudes.BinarySearch(box.South);
        if (from < 0)
            from = ~from;
        while (from > 0 && latitudes[from - 1] == box.South)
            from--;
        for (var i = from; i < latitudes.Length && latitudes[i] <= box.North; i++)
        {
            ref readonly var entry = ref _placed[i];
            if (entry.Longitude6 >= box.West && entry.Longitude6 <= box.East && scope.Contains(entry.Grid))
                into.Add(entry.Row);
        }
        foreach (var entry in _nowhere)
            if (scope.Contains(entry.Grid))
                into.Add(entry.Row);
    }

    private void SelectBy(AreaScope scope, List<int> into)
    {
        if (!_isChained)
            Chain();
        foreach (var ordinal in scope.Ordinals)
            if (ordinal < _heads.Length)
                for (var at = _heads[ordinal]; at > 0; at = _next[at - 1])
                    into.Add(_entries[at - 1].Row);
    }

    private void Sort()
    {
        _isSorted = true;
        _placedCount = 0;
        _nowhere.Clear();
        if (_placed.Length < _count)
        {
            _placed = new Entry[_entries.Length];
            _latitudes = new int[_entries.Length];
        }
        foreach (ref readonly var entry in _entries.AsSpan(0, _count))
        {
            if (FeedChannel.IsNowhere(entry.Latitude6, entry.Longitude6))
            {
                _nowhere.Add(entry);
                continue;
            }
            _latitudes[_placedCount] = entry.Latitude6;
            _placed[_placedCount++] = entry;
        }
        Array.Sort(_latitudes, _placed, 0, _placedCount);
    }

    private void Chain()
    {
        _isChained = true;
        var grids = 0;
        foreach (ref readonly var entry in _entries.AsSpan(0, _count))
            grids = Math.Max(grids, entry.Grid + 1);
        if (_heads.Length < grids)
            _heads = new int[grids];
        if (_next.Length < _count)
            _next = new int[_entries.Length];
        // From the last to the first, so that a chain runs in the order in which rows were added.
        for (var i = _count - 1; i >= 0; i--)
        {
            ref var head = ref _heads[_entries[i].Grid];
            _next[i] = head;
            head = i + 1;
        }
    }

    private readonly record struct Entry(int Row, int Grid, int Latitude6, int Longitude6);
}
