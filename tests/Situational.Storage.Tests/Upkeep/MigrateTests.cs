using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Sqlite;
using Situational.Storage.Tests.Support;
using Situational.Storage.Upkeep;

namespace Situational.Storage.Tests.Upkeep;

public sealed class MigrateTests : IDisposable
{
    private readonly StoreFolder _from = new(("SnapshotEvery", "5"));
    private readonly StoreFolder _to = new();

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    [Fact]
    public async Task Migrate_OfAWholeCity_MovesEverythingAndVerifies()
    {
        var city = await LivingCity.FillAsync(_from);
        var before = await TellAsync(_from);
        _from.Close();
        var run = await MigrateAsync();
        Assert.Equal(("", 0), (run.Refusal, run.Code));
        Assert.Contains($"{_to.File} holds all of {_from.File}", run.Output, StringComparison.Ordinal);
        Assert.Contains("moving: 2 of 2 grids, 35 of 35 events, 100 %", run.Progress, StringComparison.Ordinal);
        Assert.Contains("verifying: 2 of 2 grids, 35 of 35 events, 100 %", run.Progress, StringComparison.Ordinal);
        Assert.Equal(before, await TellAsync(_to));
        Assert.Equal(before, await TellAsync(_from));

        // The city goes on where it was.
        var append = new TestGrid("330106001001009");
        await append.AppendAsync(_to.Journal, append.Open("key-new"));
        Assert.Equal(new AppendOutcome.KeyTaken(new AcceptedReport("key-1", "f", $"{LivingCity.A}-1")),
            await _to.Journal.AppendAsync(new TestGrid("h").Open("key-1"), default));
        Assert.Equal(city[LivingCity.A].Version, (await _to.Journal.LoadAsync(LivingCity.A, default)) switch { var h => (h.Snapshot?.Version ?? 0) + h.Events.Count });
    }

    [Fact]
    public async Task Migrate_ThereAndBack_GivesTheSameStore()
    {
        await LivingCity.FillAsync(_from);
        _from.Close();
        Assert.Equal(0, (await MigrateAsync()).Code);
        using var back = new StoreFolder();
        Assert.Equal(0, (await UpkeepCommand.RunAsync("migrate", "--from", "sqlite", "--to", "sqlite", "--data", _to.Data, "--to-data", back.Data)).Code);
        Assert.Equal(await TellAsync(_from), await TellAsync(back));
    }

    [Fact]
    public async Task Migrate_IntoAStoreInUse_IsRefusedAndChangesNothing()
    {
        await LivingCity.FillAsync(_from);
        _from.Close();
        var grid = new TestGrid("g");
        await grid.AppendAsync(_to.Journal, grid.Open());
        var running = await MigrateAsync();
        Assert.Equal(3, running.Code);
        Assert.Contains("in use by process", running.Refusal, StringComparison.Ordinal);
        _to.Close();
        var run = await MigrateAsync();
        Assert.Equal(3, run.Code);
        Assert.Contains("is not empty: it holds events", run.Refusal, StringComparison.Ordinal);
        Assert.Single((await _to.Journal.LoadAsync("g", default)).Events);
        Assert.Empty((await _to.Journal.LoadAsync(LivingCity.A, default)).Events);
    }

    [Fact]
    public async Task Migrate_OfADamagedStore_IsRefusedAndTheTargetStaysIncomplete()
    {
        await LivingCity.FillAsync(_from);
        await _from.Store.WriteAsync(session => session.Run("UPDATE events SET checksum = 0 WHERE version = 9"), default);
        _from.Close();
        var run = await MigrateAsync();
        Assert.Equal(2, run.Code);
        Assert.Contains("event 9 of grid 330106001001001: its checksum does not match", run.Output, StringComparison.Ordinal);
        AssertIncomplete();
    }

    [Fact]
    public async Task Migrate_ThatWasInterrupted_LeavesATargetThatNoServerTakesAndBeginsAnew()
    {
        await LivingCity.FillAsync(_from);
        _from.Close();
        await using (var target = SqliteArchive.OpenToFill(_to.Data))
        {
            await target.BeginAsync("a store", default);
            var stray = StoredEvent.Of(new CaseClosed(TestGrid.Noon, "x-1", null), "x", 1);
            await target.WriteAsync([new ArchiveItem.Event("x", 1, stray), new ArchiveItem.Photo(PhotoFiles.IdOf([1]), new StoredPhoto("image/png", new byte[] { 1 }))], default);
        }
        AssertIncomplete();
        Assert.Contains("is incomplete", (await UpkeepCommand.RunAsync("verify", "--data", _to.Data)).Refusal, StringComparison.Ordinal);

        Assert.Equal(0, (await MigrateAsync()).Code);
        Assert.Empty((await _to.Journal.LoadAsync("x", default)).Events);
        Assert.Null(await _to.Photos.FindAsync(PhotoFiles.IdOf([1]), default));
        Assert.Equal(await TellAsync(_from), await TellAsync(_to));
    }

    [Fact]
    public async Task Migrate_Cancelled_LeavesTheTargetIncomplete()
    {
        await LivingCity.FillAsync(_from);
        _from.Close();
        using var stop = new CancellationTokenSource();
        await using (var source = SqliteArchive.OpenToRead(_from.Data))
        await using (var target = SqliteArchive.OpenToFill(_to.Data))
        {
            var moving = new Upkeeper(TextWriter.Null, new StopAtFirstWord(stop), new LeapingTime()).MoveAsync(source, target, stop.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moving);
        }
        AssertIncomplete();
    }

    [Fact]
    public async Task Migrate_IntoAStoreThatLosesSomething_SaysSoAndStaysIncomplete()
    {
        await LivingCity.FillAsync(_from);
        _from.Close();
        var output = new StringWriter();
        await using (var source = SqliteArchive.OpenToRead(_from.Data))
        await using (var target = new Forgetful(SqliteArchive.OpenToFill(_to.Data)))
            Assert.False(await new Upkeeper(output, TextWriter.Null, TimeProvider.System).MoveAsync(source, target, default));
        Assert.Contains("are not equal: one holds", output.ToString(), StringComparison.Ordinal);
        AssertIncomplete();
    }

    private Task<UpkeepCommand> MigrateAsync() =>
        UpkeepCommand.RunAsync("migrate", "--from", "sqlite", "--to", "sqlite", "--data", _from.Data, "--to-data", _to.Data);

    private void AssertIncomplete()
    {
        var refusal = Assert.Throws<StorageUnusableException>(() => _to.Store);
        Assert.Contains("is incomplete", refusal.Message, StringComparison.Ordinal);
        _to.Close();
    }

    /// <summary>Everything that the ports say of a store.</summary>
    internal static async Task<string> TellAsync(StoreUnderTest store)
    {
        var told = new List<string>();
        var grids = new List<string>();
        await foreach (var grid in store.Records.GridsAsync(default))
            grids.Add(grid);
        foreach (var grid in grids.Order(StringComparer.Ordinal))
        {
            var history = await store.Journal.LoadAsync(grid, default);
            told.Add($"{grid} {history.Snapshot?.Version} {string.Join(",", history.Events.Select(e => JsonSerializer.Serialize(e, CaseJson.Types.GridEvent)))}");
        }
        foreach (var order in new[] { CaseOrder.Newest, CaseOrder.Due })
            told.AddRange((await store.Journal.SearchAsync(new CaseQuery(null, 1_000) { Order = order }, default)).Cases.Select(c => $"{order} {JsonSerializer.Serialize(c, CaseJson.Types.Case)}"));
        foreach (var one in (await store.Journal.SearchAsync(new CaseQuery(null, 1_000), default)).Cases)
            told.AddRange((await store.Records.HistoryAsync(one.Id, default)).Select(h => $"{one.Id} {h.Grid} {h.Version}"));
        var facts = new List<string>();
        await foreach (var fact in store.Records.FactsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default))
            facts.Add(JsonSerializer.Serialize(fact, CaseJson.Types.CaseFact));
        told.AddRange(facts.Order(StringComparer.Ordinal));
        var past = await PastTelling.ChangesAsync(store.Past, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        told.AddRange(past.Select(row => row.ToString()));
        foreach (var at in past.Select(row => row.From).Distinct())
            told.AddRange((await PastTelling.AtAsync(store.Past, at)).Select(one => $"{at:O} {one.Id} {one.From:O}"));
        told.Add($"past since {await store.Past.KeptSinceAsync(default):O}");
        told.AddRange((await store.Audit.SearchAsync(new AuditQuery(1_000), default)).Entries.Select(entry => entry.ToString()));
        foreach (var version in await store.Territories.ListAsync(default))
            told.Add($"{version} {Convert.ToHexString((await store.Territories.LoadAsync(version.Version, default))!.GeoJson.Span)}");
        told.AddRange((await store.Units.LoadEnrolmentsAsync(default)).Select(unit => unit.ToString()));
        told.AddRange((await store.Units.LoadFixesAsync("s1", default)).Select(fix => $"{fix} {fix.MeasuredAt.UtcTicks}"));
        told.AddRange((await store.Duty.LoadAsync("s1", default)).Select(duty => duty.ToString()));
        await foreach (var point in store.Trails.BetweenAsync(DateTimeOffset.UnixEpoch, TestGrid.Noon.AddYears(1), default))
            told.Add($"{point} {point.At.UtcTicks}");
        await foreach (var point in store.Trails.AtAsync(TestGrid.Noon.AddYears(1), DateTimeOffset.UnixEpoch, default))
            told.Add($"last {point.Unit} {point.At:O}");
        var heard = new List<GridHeard>();
        await foreach (var grid in store.Trails.HeardAsync(TestGrid.Noon.AddYears(1), DateTimeOffset.UnixEpoch, default))
            heard.Add(grid);
        told.AddRange(heard.OrderBy(grid => grid.Grid, StringComparer.Ordinal).Select(grid => $"{grid}"));
        foreach (var cadence in Enum.GetValues<CoverageCadence>())
        {
            var figures = new List<CoverageFigure>();
            await foreach (var figure in store.Coverage.FiguresAsync(cadence, DateOnly.MinValue, DateOnly.MaxValue, default))
                figures.Add(figure);
            foreach (var figure in figures.OrderBy(figure => figure.Grid, StringComparer.Ordinal))
                told.AddRange((await store.Coverage.LoadAsync(figure.Grid, [figure.Period], default))
                    .Select(sheet => $"{figure} {sheet.Figure == figure} {sheet.Frame} {Convert.ToHexString(sheet.Cells.Span)}"));
        }
        told.AddRange((await store.Alerts.SinceAsync(DateTimeOffset.UnixEpoch, 1_000, default)).Select(alert => $"{alert} {alert.At.UtcTicks}"));
        var photo = await store.Photos.FindAsync(PhotoFiles.IdOf([0xFF, 0xD8, 1, 2, 3]), default);
        told.Add($"{photo!.ContentType} {Convert.ToHexString(photo.Content.Span)}");
        return string.Join('\n', told);
    }

    /// <summary>Time that has always come on.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += 2 * TimestampFrequency;
    }

    private sealed class StopAtFirstWord(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value) => stop.Cancel();
    }

    /// <summary>A store that drops the last audit entry.</summary>
    private sealed class Forgetful(IJournalArchive inner) : IJournalArchive
    {
        public string Place => inner.Place;

        public Task<ArchiveCounts> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

        public IAsyncEnumerable<ArchiveItem> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

        public Task<IReadOnlyList<StoredCase?>> FindCasesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            inner.FindCasesAsync(ids, cancellationToken);

        public Task BeginAsync(string source, CancellationToken cancellationToken) => inner.BeginAsync(source, cancellationToken);

        public Task WriteAsync(IReadOnlyList<ArchiveItem> items, CancellationToken cancellationToken) =>
            inner.WriteAsync([.. items.SkipLast(1)], cancellationToken);

        public Task CompleteAsync(CancellationToken cancellationToken) => inner.CompleteAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
