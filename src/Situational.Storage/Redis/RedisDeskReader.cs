using System.Runtime.CompilerServices;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Upkeep;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Reads from end to end what the desks keep: duty states, trails, coverage sheets and acknowledgements.</summary>
internal sealed class RedisDeskReader(RedisStore store)
{
    private const int Portion = 500;
    private readonly RedisKeys _keys = store.Keys;
    private readonly RedisTrailGrids _grids = new(store);

    public async Task<long> CountTrailsAsync(CancellationToken cancellationToken)
    {
        var keys = new List<RedisKey>();
        await foreach (var slot in RedisTrailStore.SlotsAsync(store, long.MinValue, long.MaxValue, cancellationToken).ConfigureAwait(false))
            keys.Add(_keys.TrailSlot(slot));
        return await CountAsync(keys, cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> CountSheetsAsync(CancellationToken cancellationToken)
    {
        var keys = new List<RedisKey>();
        foreach (var cadence in Enum.GetValues<CoverageCadence>())
            await foreach (var day in RedisCoverageStore.DaysAsync(store, cadence, 0, int.MaxValue, cancellationToken).ConfigureAwait(false))
                keys.Add(_keys.CoverageFigures((int)cadence, day));
        return await CountAsync(keys, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<ArchiveItem> Duty([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (unit, squad, row) in RedisUnitDutyStore.RowsAsync(store, "-", "+", cancellationToken).ConfigureAwait(false))
            yield return new ArchiveItem.Duty(unit, squad, row);
    }

    public async IAsyncEnumerable<ArchiveItem> Trails([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var slot in RedisTrailStore.SlotsAsync(store, long.MinValue, long.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            var whole = await WholeAsync(_keys.TrailSlot(slot), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i + 1 < whole.Length; i += 2)
            {
                var (unit, points) = (whole[i].Text(), new List<TrailPoint>());
                var damage = await _grids.TryReadAsync(unit, slot, whole[i + 1].Bytes(), points, cancellationToken).ConfigureAwait(false);
                yield return damage is null
                    ? new ArchiveItem.Trail(unit, slot, points)
                    : new ArchiveItem.Fault($"the trail of unit {unit}, slot {slot}", damage);
            }
        }
    }

    public async IAsyncEnumerable<ArchiveItem> Sheets([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var cadence in Enum.GetValues<CoverageCadence>())
            await foreach (var day in RedisCoverageStore.DaysAsync(store, cadence, 0, int.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                var period = new CoveragePeriod(cadence, DateOnly.FromDayNumber(day));
                var figures = await WholeAsync(_keys.CoverageFigures((int)cadence, day), cancellationToken).ConfigureAwait(false);
                for (var from = 0; from + 1 < figures.Length; from += 2 * Portion)
                {
                    var some = figures.AsMemory(from, Math.Min(2 * Portion, figures.Length - from));
                    var grids = new RedisValue[some.Length / 2];
                    for (var i = 0; i < grids.Length; i++)
                        grids[i] = some.Span[2 * i].Text();
                    var sheets = (await store.RunAsync(
                        RedisScript.Rows, [_keys.CoverageSheets((int)cadence, day)], grids, cancellationToken).ConfigureAwait(false)).Items();
                    for (var i = 0; i < grids.Length; i++)
                        yield return ItemOf(grids[i]!, period, some.Span[2 * i + 1].Bytes(), sheets[i].Bytes());
                }
            }
    }

    public async IAsyncEnumerable<ArchiveItem> Acknowledgements([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (alert, at, row) in RedisAlertStore.RowsAsync(store, "-", long.MaxValue, cancellationToken).ConfigureAwait(false))
            yield return new ArchiveItem.Acknowledgement(alert, at, row);
    }

    private static ArchiveItem ItemOf(string grid, CoveragePeriod period, byte[] areas, byte[] sheet) =>
        areas.Length != RedisCoverageStore.FigureBytes ? new ArchiveItem.Fault(StoredSheet.NameOf(grid, period), "its figures cannot be read")
        : sheet.Length == 0 ? new ArchiveItem.Fault(StoredSheet.NameOf(grid, period), "its cells are missing")
        : new ArchiveItem.Sheet(RedisCoverageStore.FigureOf(grid, period, areas), RedisAnswer.ToRow(sheet));

    private async Task<long> CountAsync(List<RedisKey> keys, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var some in keys.Chunk(Portion))
            foreach (var size in (await store.RunAsync(RedisScript.Sizes, some, [], cancellationToken).ConfigureAwait(false)).Items())
                count += size.Number();
        return count;
    }

    private async Task<RedisResult[]> WholeAsync(RedisKey hash, CancellationToken cancellationToken) =>
        (await store.RunAsync(RedisScript.Whole, [hash], [], cancellationToken).ConfigureAwait(false)).Items();
}
