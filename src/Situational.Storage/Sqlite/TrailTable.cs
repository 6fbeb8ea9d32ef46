using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Trails in pieces by slot and unit: what comes in at the same time lies together, so that a thousand points change few pages. Which units
/// have points in which hour stands apart, so that a unit's last point is found without looking through the slots it has none in.
/// </summary>
internal sealed class TrailTable(string file)
{
    private readonly NumberTable _units = new("trail_units");
    private readonly NumberTable _grids = new("trail_grids");

    /// <summary>Adds points in one transaction, in any order; returns what is to be told to <see cref="Remember"/> when it is durable.</summary>
    public Met Add(Session session, TrailPoint[] points, IReadOnlyList<TrailRun> runs)
    {
        var met = new Met([], []);
        var heard = new Dictionary<(long Slot, int Grid), DateTimeOffset>();
        foreach (var run in runs)
            Add(session, run, points.AsSpan(run.From..run.To), met, heard);
        foreach (var ((slot, grid), at) in heard)
            Hear(session, slot, grid, at);
        return met;
    }

    /// <summary>Remembers numbers that a durable transaction met.</summary>
    public void Remember(Met met)
    {
        _units.Remember(met.Units);
        _grids.Remember(met.Grids);
    }

    private void Add(Session session, TrailRun run, ReadOnlySpan<TrailPoint> points, Met met, Dictionary<(long Slot, int Grid), DateTimeOffset> heard)
    {
        var added = new byte[points.Length * TrailPiece.PointBytes];
        for (var i = 0; i < points.Length; i++)
        {
            var grid = _grids.NumberFor(session, points[i].Grid, met.Grids);
            TrailPiece.Write(run.Slot, points[i], grid, added.AsSpan(i * TrailPiece.PointBytes));
            if (!heard.TryGetValue((run.Slot, grid), out var before) || before < points[i].At)
                heard[(run.Slot, grid)] = points[i].At;
        }
        var unit = _units.NumberFor(session, run.Unit, met.Units);
        var there = (byte[]?)session.Value("SELECT points FROM trails WHERE slot = $1 AND unit = $2", run.Slot, unit);
        var piece = TrailPiece.Merge(there, added);
        if (there is not null)
        {
            session.Run("UPDATE trails SET points = $3 WHERE slot = $1 AND unit = $2", run.Slot, unit, piece);
            return;
        }
        session.Run("INSERT INTO trails (slot, unit, points) VALUES ($1, $2, $3)", run.Slot, unit, piece);
        session.Run(
            "INSERT INTO trail_hours (hour, unit) VALUES ($1, $2) ON CONFLICT (hour, unit) DO NOTHING", TrailPiece.HourOf(run.Slot), unit);
    }

    /// <summary>A unit's points from a time to another, both included, oldest first.</summary>
    public List<TrailPoint> OfUnit(Session session, string unit, DateTimeOffset from, DateTimeOffset to, int most)
    {
        var found = new List<TrailPoint>();
        if (_units.FindNumber(session, unit) is not { } number || Within(session, from, to) is not var (first, last) || last < first)
            return found;
        var piece = new List<TrailPoint>();
        using var rows = session.Query(
            """
            WITH RECURSIVE slots (slot) AS (SELECT $1 UNION ALL SELECT slot + 1 FROM slots WHERE slot < $2)
            SELECT slots.slot, points FROM slots CROSS JOIN trails ON trails.slot = slots.slot AND trails.unit = $3
            """, first, last, number);
        while (rows.Read() && found.Count < most)
        {
            piece.Clear();
            Read(session, unit, rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), piece);
            foreach (var point in piece)
                if (point.At >= from && point.At <= to && found.Count < most)
                    found.Add(point);
        }
        return found;
    }

    /// <summary>Each unit's last point from a time to another, both included.</summary>
    public List<TrailPoint> At(Session session, DateTimeOffset at, DateTimeOffset notBefore)
    {
        var found = new List<TrailPoint>();
        if (Within(session, notBefore, at) is not var (first, last) || last < first)
            return found;
        var all = (long)session.Value("SELECT count(*) FROM trail_units")!;
        var done = new HashSet<int>();
        var pending = new List<int>();
        var piece = new List<TrailPoint>();
        for (var hour = TrailPiece.HourOf(last); hour >= TrailPiece.HourOf(first) && done.Count < all; hour--)
        {
            pending.Clear();
            using (var rows = session.Query("SELECT unit FROM trail_hours WHERE hour = $1", hour))
                while (rows.Read())
                    if (!done.Contains(rows.GetInt32(0)))
                        pending.Add(rows.GetInt32(0));
            foreach (var number in pending)
                if (LastOf(session, number, Math.Min(last, (hour + 1) * TrailPiece.SlotsAnHour - 1), Math.Max(first, hour * TrailPiece.SlotsAnHour))
                    is { } point)
                {
                    found.Add(point);
                    done.Add(number);
                }
        }
        return found;

        TrailPoint? LastOf(Session session, int number, long slot, long until)
        {
            for (; slot >= until; slot--)
            {
                if (session.Value("SELECT points FROM trails WHERE slot = $1 AND unit = $2", slot, number) is not byte[] points)
                    continue;
                piece.Clear();
                Read(session, NameOf(session, number), slot, points, piece);
                for (var i = piece.Count - 1; i >= 0; i--)
                    if (piece[i].At <= at)
                        return piece[i].At >= notBefore ? piece[i] : null;
            }
            return null;
        }
    }

    /// <summary>All units' points of the next slot from one that has any, with that slot; null when there is none up to the last.</summary>
    public (long Slot, List<TrailPoint> Points)? Next(Session session, long from, long last)
    {
        if (session.Value("SELECT min(slot) FROM trails WHERE slot >= $1 AND slot <= $2", from, last) is not long slot)
            return null;
        var points = new List<TrailPoint>();
        using var rows = session.Query("SELECT unit, points FROM trails WHERE slot = $1", slot);
        while (rows.Read())
            Read(session, NameOf(session, rows.GetInt32(0)), slot, rows.GetFieldValue<byte[]>(1), points);
        return (slot, points);
    }

    /// <summary>When each grid was last heard in a span whose ends count.</summary>
    public Dictionary<string, DateTimeOffset> Heard(Session session, DateTimeOffset at, DateTimeOffset notBefore)
    {
        var heard = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (Within(session, notBefore, at) is not var (first, last) || last < first)
            return heard;
        if (Next(session, last, last) is var (_, points))
            HeardHour.Hear(heard, points, at, notBefore);
        for (var hour = TrailPiece.HourOf(last); hour >= TrailPiece.HourOf(first); hour--)
        {
            using var rows = session.Query("SELECT grid, marks FROM trail_heard WHERE hour = $1", hour);
            while (rows.Read())
                if (GridOf(session, rows.GetInt32(0)) is { } grid
                    && HeardHour.LastBefore(hour, rows.GetFieldValue<byte[]>(1), last) is { } when && when >= notBefore)
                    HeardHour.Hear(heard, grid, when);
        }
        return heard;
    }

    /// <summary>Removes points from before a time, oldest slots first; returns how many went.</summary>
    public static int Forget(Session session, DateTimeOffset before, int most)
    {
        var pieces = new List<(long Slot, int Unit, byte[] Left)>();
        var gone = 0;
        using (var rows = session.Query(
            "SELECT slot, unit, points FROM trails WHERE slot <= $1 ORDER BY slot, unit", TrailPiece.SlotOf(before)))
            while (gone < most && rows.Read())
            {
                var (left, some) = TrailPiece.Forget(rows.GetInt64(0), rows.GetFieldValue<byte[]>(2), before, most - gone);
                gone += some;
                if (some > 0 || left.Length == 0)
                    pieces.Add((rows.GetInt64(0), rows.GetInt32(1), left));
            }
        foreach (var (slot, unit, left) in pieces)
            if (left.Length > 0)
                session.Run("UPDATE trails SET points = $3 WHERE slot = $1 AND unit = $2", slot, unit, left);
            else
                session.Run("DELETE FROM trails WHERE slot = $1 AND unit = $2", slot, unit);
        return gone;
    }

    /// <summary>Removes an hour that has no points any more from those that are known; false when there is none.</summary>
    public static bool ForgetHour(Session session)
    {
        if (session.Value("SELECT min(hour) FROM trail_hours") is not long hour
            || session.Value("SELECT min(slot) FROM trails") is long slot && TrailPiece.HourOf(slot) <= hour)
            return false;
        session.Run("DELETE FROM trail_hours WHERE hour = $1", hour);
        session.Run("DELETE FROM trail_heard WHERE hour = $1", hour);
        return true;
    }

    /// <summary>Notes when a grid was heard.</summary>
    private static void Hear(Session session, long slot, int grid, DateTimeOffset at)
    {
        var hour = TrailPiece.HourOf(slot);
        var there = (byte[]?)session.Value("SELECT marks FROM trail_heard WHERE hour = $1 AND grid = $2", hour, grid);
        var marks = there ?? new byte[HeardHour.Bytes];
        if (HeardHour.Note(marks, slot, HeardHour.MarkOf(slot, at)))
            session.Run(
                "INSERT INTO trail_heard (hour, grid, marks) VALUES ($1, $2, $3) ON CONFLICT (hour, grid) DO UPDATE SET marks = excluded.marks",
                hour, grid, marks);
    }

    private string? GridOf(Session session, int number) => _grids.FindName(session, number);

    /// <summary>Every piece, by slot; what cannot be read comes as a fault.</summary>
    public IEnumerable<ArchiveItem> Everything(Session session)
    {
        using var rows = session.Query("SELECT slot, unit, points FROM trails ORDER BY slot, unit");
        while (rows.Read())
        {
            var (slot, number) = (rows.GetInt64(0), rows.GetInt32(1));
            if (_units.FindName(session, number) is not { } unit)
            {
                yield return new ArchiveItem.Fault($"the trail of unit number {number}, slot {slot}", "that unit has no name");
                continue;
            }
            var points = new List<TrailPoint>();
            var damage = TrailPiece.Read(unit, slot, rows.GetFieldValue<byte[]>(2), grid => GridOf(session, grid), points);
            yield return damage is null
                ? new ArchiveItem.Trail(unit, slot, points)
                : new ArchiveItem.Fault($"the trail of unit {unit}, slot {slot}", damage);
        }
    }

    /// <summary>A unit's name.</summary>
    /// <exception cref="JournalDamagedException">It has none.</exception>
    private string NameOf(Session session, int number) =>
        _units.FindName(session, number) ?? throw new JournalDamagedException(file, null, null, $"the trail of unit number {number}: that unit has no name");

    private void Read(Session session, string unit, long slot, byte[] piece, List<TrailPoint> points)
    {
        if (TrailPiece.Read(unit, slot, piece, number => GridOf(session, number), points) is { } damage)
            throw new JournalDamagedException(file, null, null, $"the trail of unit {unit}, slot {slot}: {damage}");
    }

    /// <summary>The slots of a span, no further than there are any; null when there is none at all.</summary>
    private static (long First, long Last)? Within(Session session, DateTimeOffset from, DateTimeOffset to)
    {
        if (session.Value("SELECT min(slot) FROM trails") is not long first || session.Value("SELECT max(slot) FROM trails") is not long last)
            return null;
        return (Math.Max(first, TrailPiece.SlotOf(from)), Math.Min(last, TrailPiece.SlotOf(to)));
    }

    /// <summary>Numbers that a transaction met.</summary>
    internal sealed record Met(Dictionary<string, int> Units, Dictionary<string, int> Grids);
}
