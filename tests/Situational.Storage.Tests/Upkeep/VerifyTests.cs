using Microsoft.Data.Sqlite;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Upkeep;

/// <summary>Each kind of damage in a real file is found, and its place is named.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly StoreFolder _folder = new(("SnapshotEvery", "5"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_OfAnEmptyStore_FindsNothing()
    {
        Assert.NotNull(_folder.Store);
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal((0, ""), (run.Code, run.Refusal));
        Assert.Contains("No fault found.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAWholeCity_FindsNothingAndCounts()
    {
        var city = await LivingCity.FillAsync(_folder);
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal("", run.Faults);
        Assert.Equal(0, run.Code);
        var events = city[LivingCity.A].Version + city[LivingCity.B].Version;
        Assert.Contains($"grids 2, events {events}, snapshots 1, cases 9, idempotency keys 8, territories 2, units 2, fixes 1, photos 1, audit entries 25, duty states 2, trail pieces 10, coverage sheets 6, acknowledgements 2", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{events} of {events} events, 100 %", run.Progress, StringComparison.Ordinal);
    }

    [Trait("Fault", "16")]
    [Trait("Fault", "S10")]
    [Theory]
    [InlineData("UPDATE events SET data = replace(data, '第 3 处', '第 4 处') WHERE version = 3 AND grid LIKE '%1'", "event 3 of grid 330106001001001: its checksum does not match")]
    [InlineData("DELETE FROM events WHERE version = 4 AND grid LIKE '%1'", "event 4 of grid 330106001001001: it is missing")]
    [InlineData("UPDATE events SET case_id = 'x-1' WHERE version = 4 AND grid LIKE '%1'", "event 4 of grid 330106001001001: it stands in the history of case x-1 and is of 330106001001001-4")]
    [InlineData("UPDATE snapshots SET checksum = checksum + 1 WHERE grid LIKE '%1'", "the snapshot of grid 330106001001001: its checksum does not match")]
    [InlineData("UPDATE snapshots SET version = 1000 WHERE grid LIKE '%1'", "the snapshot of grid 330106001001001: it is of version 1000 and the events end with")]
    [InlineData("UPDATE case_data SET data = replace(data, 'note', 'nota') WHERE number = 1", "case 330106001001001-1: its checksum does not match")]
    [InlineData("DELETE FROM case_data WHERE number = 3", "case 330106001001001-3: its data is missing")]
    [InlineData("DELETE FROM cases WHERE number = 3", "case 330106001001001-3: it has a history and no row")]
    [InlineData("UPDATE cases SET stage = 7 WHERE number = 3", "case 330106001001001-3: what searches look in is not what the case says")]
    [InlineData("UPDATE cases SET text = 'x' WHERE number = 3", "case 330106001001001-3: what searches look in is not what the case says")]
    [InlineData("UPDATE cases SET due = due + 1 WHERE number = 3 OR number = 5", "case 330106001001001-5: what searches look in is not what the case says")]
    [InlineData("UPDATE cases SET fact_checksum = 0 WHERE number = 3", "the fact of case 330106001001001-3: its checksum does not match")]
    [InlineData("UPDATE cases SET grid = '330106001001002' WHERE number = 3", "case 330106001001001-3: it lies in grid 330106001001001 and its row says 330106001001002")]
    [InlineData("UPDATE cases SET id = 'x-9' WHERE number = 3", "case 330106001001001-3: it has a history and no row")]
    [InlineData("UPDATE report_keys SET case_id = 'x-9' WHERE key = 'key-3'", "idempotency key key-3: its case x-9 is not there")]
    [InlineData("UPDATE territories SET fingerprint = 'f' WHERE version = 2", "version 2 of the territory: it has another fingerprint")]
    [InlineData("DELETE FROM territories WHERE version = 1", "version 1 of the territory: it is missing")]
    [InlineData("UPDATE fixes SET latitude = 91", "the fix of unit u1: it lies nowhere on earth")]
    [InlineData("UPDATE unit_duty SET data = replace(data, 'true', 'null') WHERE unit = 'u1'", "the duty state of unit u1: its checksum does not match")]
    [InlineData("UPDATE unit_duty SET squad = 's2' WHERE unit = 'u1'", "the duty state of unit u1: it is found under another unit or squad than it says")]
    [InlineData("UPDATE trails SET points = CAST(x'00' || substr(points, 2) AS BLOB) WHERE unit = (SELECT number FROM trail_units WHERE name = 'u1')", "its checksum does not match")]
    [InlineData("UPDATE trails SET points = substr(points, 1, 15)", "it ends within a point")]
    [InlineData("UPDATE trails SET slot = slot + 1000", "its checksum does not match")]
    [InlineData("DELETE FROM trail_grids", "its grid is unknown")]
    [InlineData("DELETE FROM trail_units", "that unit has no name")]
    [InlineData("UPDATE coverage SET walked = 1 WHERE cadence = 1 AND grid LIKE '%1'", "the Daily sheet of grid 330106001001001 from 2026-10-01: its figures are not those that stand beside it")]
    [InlineData("UPDATE coverage_sheets SET checksum = 1", "the Monthly sheet of grid 330106001001002 from 2026-10-01: its checksum does not match")]
    [InlineData("DELETE FROM coverage_sheets WHERE number = 1", "the Daily sheet of grid 330106001001001 from 2026-10-01: its cells are missing")]
    [InlineData("DELETE FROM coverage WHERE number = 1", "the coverage sheets: 1 rows of cells are no sheet's")]
    [InlineData("UPDATE alerts SET checksum = 0 WHERE alert LIKE 'red%'", "the acknowledgement of alert red:330106001001001-1: its checksum does not match")]
    [InlineData("UPDATE alerts SET at = 0 WHERE alert LIKE 'red%'", "the acknowledgement of alert red:330106001001001-1: it is found under another alert or time than it says")]
    [InlineData("UPDATE photos SET id = replace(id, substr(id, 1, 1), 'z')", ": that is no photo's id")]
    [InlineData("UPDATE audit SET checksum = 1 WHERE number = 2", "entry 2 of the audit trail: its checksum does not match")]
    [InlineData("UPDATE audit SET who = 'nobody' WHERE number = 2", "entry 2 of the audit trail: what searches look in is not what the entry says")]
    [InlineData("DELETE FROM audit WHERE number = 2", "entry 2 of the audit trail: it is missing")]
    [InlineData("DROP INDEX cases_by_due; CREATE INDEX cases_by_due ON cases (due) WHERE due IS NOT NULL; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'IS NOT NULL', 'IS NULL') WHERE name = 'cases_by_due'", "the database:")]
    public async Task Verify_OfADamagedStore_NamesThePlace(string damage, string named)
    {
        await LivingCity.FillAsync(_folder);
        _folder.Close();
        using (var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = damage;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains(named, run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Fact]
    public async Task Verify_OfARowThatIsNotWhatHappened_SaysSo()
    {
        var city = await LivingCity.FillAsync(_folder);
        // A row that is right in itself, as a fault of the program would leave it.
        var wrong = Storage.Rows.StoredCase.Of(city[LivingCity.A].Open[$"{LivingCity.A}-5"] with { Escalations = 2 });
        await _folder.Store.WriteAsync(session =>
        {
            Storage.Sqlite.CaseTable.Put(session, wrong);
            return true;
        }, default);
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains("case 330106001001001-5: its row is not what its history folds to.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Fact]
    public async Task Verify_OfARowWithoutHistory_NamesIt()
    {
        await LivingCity.FillAsync(_folder);
        var stray = new TestGrid("330106001001009").Open().Cases[0];
        await _folder.Store.WriteAsync(session =>
        {
            Storage.Sqlite.CaseTable.Put(session, Storage.Rows.StoredCase.Of(stray));
            return true;
        }, default);
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains("case 330106001001009-1: no history knows it.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Fact]
    public async Task Verify_OfAPhotoWithoutFileOrWithAnother_NamesIt()
    {
        await LivingCity.FillAsync(_folder);
        var id = await _folder.Photos.AddAsync(new byte[] { 9, 9 }, "image/png", default);
        _folder.Close();
        var file = Path.Combine(_folder.Data, "photos", id[..2], id);
        await File.WriteAllBytesAsync(file, [9, 8]);
        Assert.Contains($"photo {id}: it is not what its name says.", (await UpkeepCommand.RunAsync("verify", "--data", _folder.Data)).Output, StringComparison.Ordinal);
        File.Delete(file);
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains($"photo {id}: its file is missing.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Fact]
    public async Task Verify_OfOverwrittenPages_NamesTheDatabaseAndGoesOn()
    {
        await LivingCity.FillAsync(_folder);
        _folder.Close();
        await using (var file = new FileStream(_folder.File, FileMode.Open))
        {
            file.Seek(-8 * 4096, SeekOrigin.End);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4 * 4096).ToArray());
        }
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains($"{_folder.File}: the database:", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Fact]
    public async Task Verify_OfAFileThatIsNoDatabase_NamesIt()
    {
        Assert.NotNull(_folder.Store);
        _folder.Close();
        await File.WriteAllBytesAsync(_folder.File, Enumerable.Repeat((byte)0xA5, 8 * 4096).ToArray());
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal(2, run.Code);
        Assert.Contains($"The journal {_folder.File} is damaged", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhileAServerHasTheStore_IsRefusedClearly()
    {
        Assert.NotNull(_folder.Store);
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal(3, run.Code);
        Assert.Contains($"in use by process {Environment.ProcessId}", run.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfNoStore_IsRefusedAndMakesNone()
    {
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal(3, run.Code);
        Assert.Contains("there is no journal", run.Refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Theory]
    [InlineData("verify", "--from", "sqlite")]
    [InlineData("verify", "--data")]
    [InlineData("verify", "--nonsense", "x")]
    [InlineData("migrate", "--to", "redis")]
    [InlineData("migrate", "--from", "sqlite", "--to", "oracle")]
    [InlineData("migrate", "--from", "sqlite", "--to", "sqlite")]
    [InlineData("migrate", "--from", "redis", "--to", "redis")]
    [InlineData("migrate", "--from", "sqlite", "--to", "sqlite", "--data", "a", "--to-data", "./a")]
    public async Task Command_NotUnderstood_SaysWhatAndEndsWith64(params string[] arguments)
    {
        var run = await UpkeepCommand.RunAsync(arguments);
        Assert.Equal(64, run.Code);
        Assert.StartsWith("situational: ", run.Refusal, StringComparison.Ordinal);
    }
}
