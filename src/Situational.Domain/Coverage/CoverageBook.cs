using Situational.Domain.Deadlines;
using Situational.Domain.Journal;

namespace Situational.Domain.Coverage;

/// <summary>
/// What was walked of one grid, by day, month and quarter: takes walks, and says what has to be read from and written to the store. No I/O;
/// used by one thread at a time. A period whose stored sheet was not read yet takes walks as well, and is written only after that.
/// </summary>
/// <param name="calendar">Whose zone decides which day it is.</param>
/// <param name="rules">What counts.</param>
/// <param name="keptDays">How many days back a walk still counts.</param>
public sealed class CoverageBook(WorkingCalendar calendar, WalkRules rules, int keptDays)
{
    /// <summary>Most periods held at once; what belongs to further ones is dropped until some were written.</summary>
    public const int MaxPages = 128;

    /// <summary>Last millisecond of the year 9999.</summary>
    private const long LastMs = 253_402_300_799_999;

    private readonly Dictionary<CoveragePeriod, Page> _pages = [];
    private CoverageRaster? _raster;

    /// <summary>The grid's cells, or null while there is no such grid; then nothing counts.</summary>
    public CoverageRaster? Raster => _raster;

    /// <summary>How many periods are held.</summary>
    public int Pages => _pages.Count;

    /// <summary>Parts of walks that could not be counted, because too many periods waited for the store.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether the store has all and nothing waits to be read.</summary>
    public bool IsSettled
    {
        get
        {
            foreach (var page in _pages.Values)
                if (page.IsUnsaved || !page.IsRead)
                    return false;
            return true;
        }
    }

    /// <summary>Counts on these cells from now on; what was walked is carried over by its place.</summary>
    public void Use(CoverageRaster? raster)
    {
        _raster = raster;
        if (raster is null)
        {
            _pages.Clear();
            return;
        }
        foreach (var (period, page) in _pages.ToArray())
        {
            var carried = new WalkedCells(raster);
            carried.Add(page.Cells);
            _pages[period] = new(carried) { IsRead = page.IsRead, IsUnsaved = page.IsUnsaved || page.Cells.Walked > 0 };
        }
    }

    /// <summary>Makes sure that the running periods are held.</summary>
    public void Open(DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        foreach (var cadence in CoveragePeriods.Cadences)
            PageOf(CoveragePeriods.Of(cadence, today));
    }

    /// <summary>Counts a walk, for the day of each of its parts.</summary>
    public void Take(in Walk walk, DateTimeOffset now)
    {
        if (_raster is null || walk.FromMs < 0 || walk.ToMs > LastMs)
            return;
        var kind = walk.Judge(in rules);
        if (kind == WalkKind.Nothing)
            return;
        var (from, to, today) = (DayOf(walk.FromMs), DayOf(walk.ToMs), calendar.DayOf(now));
        if (kind == WalkKind.Ends)
        {
            Mark(walk with { ToLatitude = walk.FromLatitude, ToLongitude = walk.FromLongitude }, from, today);
            Mark(walk with { FromLatitude = walk.ToLatitude, FromLongitude = walk.ToLongitude }, to, today);
        }
        else if (from == to)
        {
            Mark(in walk, to, today);
        }
        else
        {
            var midnight = calendar.Wall.Earliest(to.DayNumber * TimeSpan.TicksPerDay);
            var (before, after) = walk.Cut((midnight - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
            Mark(in before, from, today);
            Mark(in after, to, today);
        }
    }

    /// <summary>The periods whose stored sheets have to be read.</summary>
    public List<CoveragePeriod> Unread()
    {
        var unread = new List<CoveragePeriod>();
        foreach (var (period, page) in _pages)
            if (!page.IsRead)
                unread.Add(period);
        return unread;
    }

    /// <summary>Takes in what was stored, and returns how many sheets could not be read; those begin anew.</summary>
    /// <param name="asked">The periods that were asked for.</param>
    /// <param name="sheets">Those that there are.</param>
    public int Restore(IReadOnlyList<CoveragePeriod> asked, IReadOnlyList<CoverageSheet> sheets)
    {
        var unreadable = 0;
        foreach (var sheet in sheets)
        {
            if (!_pages.TryGetValue(sheet.Figure.Period, out var page))
                continue;
            if (page.Cells.Add(sheet) < 0)
                unreadable++;
            // Cells of another frame are written in this one.
            else if (page.Cells.Walked > 0 && sheet.Frame != page.Cells.Raster.Frame.ToString())
                page.IsUnsaved = true;
        }
        foreach (var period in asked)
            if (_pages.TryGetValue(period, out var page))
                page.IsRead = true;
        return unreadable;
    }

    /// <summary>Takes the sheets that are to be written.</summary>
    public List<CoverageSheet> TakeUnsaved()
    {
        var sheets = new List<CoverageSheet>();
        foreach (var (period, page) in _pages)
        {
            if (!page.IsRead || !page.IsUnsaved)
                continue;
            page.IsUnsaved = false;
            sheets.Add(page.Cells.ToSheet(period));
        }
        return sheets;
    }

    /// <summary>Gives back what could not be written.</summary>
    public void GiveBack(IReadOnlyList<CoverageSheet> sheets)
    {
        foreach (var sheet in sheets)
            if (_pages.TryGetValue(sheet.Figure.Period, out var page))
                page.IsUnsaved = true;
    }

    /// <summary>Lets go of periods that are over and written.</summary>
    public void Release(DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        foreach (var (period, page) in _pages)
            if (page is { IsRead: true, IsUnsaved: false } && period != CoveragePeriods.Of(period.Cadence, today))
                _pages.Remove(period);
    }

    private DateOnly DayOf(long ms) => calendar.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    private void Mark(in Walk walk, DateOnly day, DateOnly today)
    {
        // A clock may be ahead by a little; who is further ahead is wrong about the day.
        var age = today.DayNumber - day.DayNumber;
        if (age > keptDays || age < -1)
            return;
        for (var cadence = CoverageCadence.Daily; cadence <= CoverageCadence.Quarterly; cadence++)
        {
            if (PageOf(CoveragePeriods.Of(cadence, day)) is not { } page)
                Dropped++;
            else if (page.Cells.Mark(walk.FromLatitude, walk.FromLongitude, walk.ToLatitude, walk.ToLongitude, rules.BufferMeters) > 0)
                page.IsUnsaved = true;
        }
    }

    private Page? PageOf(CoveragePeriod period)
    {
        if (_pages.TryGetValue(period, out var known))
            return known;
        if (_raster is null || _pages.Count >= MaxPages)
            return null;
        var page = new Page(new(_raster));
        _pages.Add(period, page);
        return page;
    }

    private sealed class Page(WalkedCells cells)
    {
        public WalkedCells Cells => cells;

        /// <summary>What was stored is in it.</summary>
        public bool IsRead { get; set; }

        /// <summary>The store does not have all of it.</summary>
        public bool IsUnsaved { get; set; }
    }
}
