using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>What was walked, on Redis.</summary>
internal sealed class RedisCoverageStore(RedisStore store) : ICoverageStore
{
    /// <summary>Sheets that one script carries at most, so that reports never wait behind a long one.</summary>
    private const int Portion = 200;

    /// <summary>Bytes of both areas of a sheet.</summary>
    public const int FigureBytes = 16;

    public async Task<IReadOnlyList<CoverageSheet>> LoadAsync(
        string grid, IReadOnlyList<CoveragePeriod> periods, CancellationToken cancellationToken)
    {
        var asked = new Task<RedisResult>[periods.Count];
        for (var i = 0; i < asked.Length; i++)
            asked[i] = store.RunAsync(
                RedisScript.Rows, [store.Keys.CoverageSheets((int)periods[i].Cadence, periods[i].First.DayNumber)], [grid], cancellationToken);
        var answers = await Task.WhenAll(asked).ConfigureAwait(false);
        var sheets = new List<CoverageSheet>(periods.Count);
        for (var i = 0; i < answers.Length; i++)
            if (answers[i].Items()[0].Bytes() is { Length: > 0 } value)
            {
                var damage = StoredSheet.Read(RedisAnswer.ToRow(value), grid, periods[i], out var sheet);
                sheets.Add(damage is null
                    ? sheet!
                    : throw new JournalDamagedException(store.Place, null, null, $"{StoredSheet.NameOf(grid, periods[i])}: {damage}"));
            }
        return sheets;
    }

    public Task SaveAsync(IReadOnlyList<CoverageSheet> sheets, CancellationToken cancellationToken)
    {
        var rows = new (CoverageFigure, StoredRow)[sheets.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (sheets[i].Figure, StoredSheet.Of(sheets[i]));
        return SaveAsync(store, rows, cancellationToken);
    }

    public async IAsyncEnumerable<CoverageFigure> FiguresAsync(
        CoverageCadence cadence, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var day in DaysAsync(store, cadence, from.DayNumber, to.DayNumber, cancellationToken).ConfigureAwait(false))
        {
            var period = new CoveragePeriod(cadence, DateOnly.FromDayNumber(day));
            var whole = (await store.RunAsync(
                RedisScript.Whole, [store.Keys.CoverageFigures((int)cadence, day)], [], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i + 1 < whole.Length; i += 2)
                yield return whole[i + 1].Bytes() is { Length: FigureBytes } areas
                    ? FigureOf(whole[i].Text(), period, areas)
                    : throw new JournalDamagedException(
                        store.Place, null, null, $"the figures of {StoredSheet.NameOf(whole[i].Text(), period)}: they cannot be read");
        }
    }

    public async Task<int> ForgetAsync(CoverageCadence cadence, DateOnly before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var (kind, gone) = ((int)cadence, 0);
        await foreach (var day in DaysAsync(store, cadence, 0, before.DayNumber - 1, cancellationToken).ConfigureAwait(false))
            for (int portion = Portion, removed = portion; removed == portion && gone < most; gone += removed)
            {
                portion = Math.Min(Portion, most - gone);
                removed = (int)(await store.RunAsync(
                    RedisScript.ForgetSheets, [store.Keys.CoverageDays(kind), store.Keys.CoverageFigures(kind, day), store.Keys.CoverageSheets(kind, day)],
                    [day, portion], cancellationToken).ConfigureAwait(false)).Number();
            }
        return gone;
    }

    /// <summary>Keeps sheets, each in the place of what was kept of its grid and period.</summary>
    public static async Task SaveAsync(RedisStore store, IReadOnlyList<(CoverageFigure Figure, StoredRow Row)> sheets, CancellationToken cancellationToken)
    {
        for (int from = 0, to; from < sheets.Count; from = to)
        {
            var period = sheets[from].Figure.Period;
            var (kind, day) = ((int)period.Cadence, period.First.DayNumber);
            var values = new List<RedisValue> { day };
            for (to = from; to < sheets.Count && to < from + Portion && sheets[to].Figure.Period == period; to++)
            {
                var areas = new byte[FigureBytes];
                BinaryPrimitives.WriteDoubleLittleEndian(areas, sheets[to].Figure.WalkableSquareMeters);
                BinaryPrimitives.WriteDoubleLittleEndian(areas.AsSpan(8), sheets[to].Figure.WalkedSquareMeters);
                values.Add(sheets[to].Figure.Grid);
                values.Add(areas);
                values.Add(sheets[to].Row.ToValue());
            }
            await store.RunAsync(
                RedisScript.SaveSheets, [store.Keys.CoverageDays(kind), store.Keys.CoverageFigures(kind, day), store.Keys.CoverageSheets(kind, day)],
                [.. values], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The figure of both areas.</summary>
    public static CoverageFigure FigureOf(string grid, CoveragePeriod period, ReadOnlySpan<byte> areas) =>
        new(grid, period, BinaryPrimitives.ReadDoubleLittleEndian(areas), BinaryPrimitives.ReadDoubleLittleEndian(areas[8..]));

    /// <summary>Days from which there are sheets, in their order.</summary>
    public static async IAsyncEnumerable<int> DaysAsync(
        RedisStore store, CoverageCadence cadence, int from, int to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int most = 1_000;
        while (true)
        {
            var page = (await store.RunAsync(
                RedisScript.Between, [store.Keys.CoverageDays((int)cadence)], [from, to, most], cancellationToken).ConfigureAwait(false)).Items();
            foreach (var day in page)
                yield return (int)day.Number();
            if (page.Length < most)
                yield break;
            from = (int)page[^1].Number() + 1;
        }
    }
}
