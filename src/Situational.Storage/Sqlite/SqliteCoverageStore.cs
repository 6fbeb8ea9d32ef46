using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>What was walked, on SQLite. The figures stand in narrow rows of their own: who wants them of all grids does not read the cells.</summary>
internal sealed class SqliteCoverageStore(SqliteStore store) : ICoverageStore
{
    /// <summary>Sheets that one write request carries at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 50;

    /// <summary>Figures that one read gives at most.</summary>
    private const int Page = 2_000;

    public Task<IReadOnlyList<CoverageSheet>> LoadAsync(
        string grid, IReadOnlyList<CoveragePeriod> periods, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<CoverageSheet>>(session =>
        {
            var sheets = new List<CoverageSheet>(periods.Count);
            foreach (var period in periods)
            {
                using var rows = session.Query(
                    """
                    SELECT data, checksum FROM coverage JOIN coverage_sheets USING (number)
                    WHERE cadence = $1 AND day = $2 AND grid = $3
                    """, (int)period.Cadence, period.First.DayNumber, grid);
                if (!rows.Read())
                    continue;
                var damage = StoredSheet.Read(rows.RowAt(0), grid, period, out var sheet);
                sheets.Add(damage is null
                    ? sheet!
                    : throw new JournalDamagedException(store.File, null, null, $"{StoredSheet.NameOf(grid, period)}: {damage}"));
            }
            return sheets;
        }, cancellationToken);

    public async Task SaveAsync(IReadOnlyList<CoverageSheet> sheets, CancellationToken cancellationToken)
    {
        for (var from = 0; from < sheets.Count; from += Portion)
        {
            var begin = from;
            var rows = new StoredRow[Math.Min(sheets.Count - begin, Portion)];
            for (var i = 0; i < rows.Length; i++)
                rows[i] = StoredSheet.Of(sheets[begin + i]);
            await store.WriteAsideAsync(session =>
            {
                for (var i = 0; i < rows.Length; i++)
                    Put(session, sheets[begin + i].Figure, rows[i]);
                return true;
            }, cancellationToken);
        }
    }

    public async IAsyncEnumerable<CoverageFigure> FiguresAsync(
        CoverageCadence cadence, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (day, grid) = (from.DayNumber, "");
        while (true)
        {
            var (lastDay, lastGrid) = (day, grid);
            var page = await store.SearchAsync(session =>
            {
                var figures = new List<CoverageFigure>(Page);
                using var rows = session.Query(
                    """
                    SELECT day, grid, walkable, walked FROM coverage
                    WHERE cadence = $1 AND (day, grid) > ($2, $3) AND day <= $4 ORDER BY day, grid LIMIT $5
                    """, (int)cadence, lastDay, lastGrid, to.DayNumber, Page);
                while (rows.Read())
                    figures.Add(new CoverageFigure(
                        rows.GetString(1), new CoveragePeriod(cadence, DateOnly.FromDayNumber(rows.GetInt32(0))), rows.GetDouble(2), rows.GetDouble(3)));
                return figures;
            }, cancellationToken);
            foreach (var figure in page)
                yield return figure;
            if (page.Count < Page)
                yield break;
            (day, grid) = (page[^1].Period.First.DayNumber, page[^1].Grid);
        }
    }

    public async Task<int> ForgetAsync(CoverageCadence cadence, DateOnly before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var gone = 0;
        while (gone < most)
        {
            var portion = Math.Min(Portion, most - gone);
            var removed = await store.WriteAsideAsync(session => Forget(session, cadence, before, portion), cancellationToken);
            gone += removed;
            if (removed < portion)
                break;
        }
        return gone;
    }

    /// <summary>Keeps a sheet in the place of what was kept of its grid and period.</summary>
    public static void Put(Session session, CoverageFigure figure, StoredRow row)
    {
        var number = session.Value(
            """
            INSERT INTO coverage (cadence, day, grid, walkable, walked) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (cadence, day, grid) DO UPDATE SET walkable = excluded.walkable, walked = excluded.walked
            RETURNING number
            """, (int)figure.Period.Cadence, figure.Period.First.DayNumber, figure.Grid, figure.WalkableSquareMeters, figure.WalkedSquareMeters);
        session.Run(
            """
            INSERT INTO coverage_sheets (number, data, checksum) VALUES ($1, $2, $3)
            ON CONFLICT (number) DO UPDATE SET data = excluded.data, checksum = excluded.checksum
            """, number, row.Data, row.Checksum);
    }

    private static int Forget(Session session, CoverageCadence cadence, DateOnly before, int most)
    {
        var numbers = new List<long>(most);
        using (var rows = session.Query(
            "SELECT number FROM coverage WHERE cadence = $1 AND day < $2 ORDER BY day, grid LIMIT $3", (int)cadence, before.DayNumber, most))
            while (rows.Read())
                numbers.Add(rows.GetInt64(0));
        foreach (var number in numbers)
        {
            session.Run("DELETE FROM coverage_sheets WHERE number = $1", number);
            session.Run("DELETE FROM coverage WHERE number = $1", number);
        }
        return numbers.Count;
    }
}
