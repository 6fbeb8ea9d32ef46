using Microsoft.Data.Sqlite;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

/// <summary>What the desks keep, where the file is damaged, full of another's lock, or takes one half of a write only.</summary>
public sealed class DeskFaultTests : IDisposable
{
    private static readonly AuditEntry Entry = new(TestGrid.Noon, "officer-wang", "officer", null, "unit.duty", "u");
    private static readonly UnitDuty Off = new("u", "s", false, TestGrid.Noon, null);
    private static readonly TrailPoint Here = new("u", TestGrid.Noon, 30, 120, 5, "g");
    private static readonly CoveragePeriod Day = new(CoverageCadence.Daily, new DateOnly(2026, 11, 22));
    private static readonly CoverageSheet Sheet = new(new CoverageFigure("g", Day, 100, 50), "frame", new byte[] { 1 });
    private static readonly AlertAcknowledgement Seen = new("red:g-1", "officer-wang", TestGrid.Noon);
    private readonly StoreFolder _folder = new(("BusySeconds", "1"));

    public void Dispose() => _folder.Dispose();

    [Trait("Fault", "16")]
    [Theory]
    [InlineData("UPDATE trails SET points = CAST(substr(points, 1, 9) || x'77' || substr(points, 11) AS BLOB)", "the trail of unit u")]
    [InlineData("UPDATE trails SET points = substr(points, 1, 8)", "the trail of unit u")]
    [InlineData("UPDATE trail_grids SET number = number + 1", "the trail of unit u")]
    [InlineData("UPDATE unit_duty SET data = x'7b7d'", "the duty state of unit u")]
    [InlineData("UPDATE coverage_sheets SET data = substr(data, 1, 10)", "the Daily sheet of grid g from 2026-11-22")]
    [InlineData("UPDATE alerts SET data = x'7b7d'", "the acknowledgement of alert red:g-1")]
    public async Task Read_OfADamagedRow_RefusesAndNamesThePlace(string damage, string place)
    {
        await FillAsync();
        _folder.Close();
        Run(damage);
        var refusals = new List<JournalDamagedException>();
        foreach (var read in Reads())
            if (await Record.ExceptionAsync(read) is { } refusal)
                refusals.Add(Assert.IsType<JournalDamagedException>(refusal));
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.Contains(place, refusal.Message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.Equal(_folder.File, refusal.File));
    }

    [Fact]
    public async Task Save_WithoutItsEntry_KeepsNeither()
    {
        Assert.Empty(await _folder.Duty.LoadAsync("s", default));
        Run("CREATE TRIGGER no_entry BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Duty.SaveAsync(Off, Entry, default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Alerts.AcknowledgeAsync([Seen], Entry, default));
        Assert.Empty(await _folder.Duty.LoadAsync("s", default));
        Assert.Empty(await _folder.Alerts.SinceAsync(DateTimeOffset.UnixEpoch, 10, default));

        Run("DROP TRIGGER no_entry");
        await _folder.Duty.SaveAsync(Off, Entry, default);
        await _folder.Alerts.AcknowledgeAsync([Seen], Entry, default);
        Assert.Equal(2, (await _folder.Audit.SearchAsync(new AuditQuery(10), default)).Entries.Count);
    }

    [Trait("Fault", "3")]
    [Fact]
    public async Task Writes_WhileAnotherProgramLocks_AreUnavailableAndRecoverByThemselves()
    {
        await FillAsync();
        using (var other = Open())
        {
            Run(other, "BEGIN EXCLUSIVE");
            var writes = Writes().ToArray();
            foreach (var write in writes)
                await Assert.ThrowsAsync<JournalUnavailableException>(write);
            Run(other, "ROLLBACK");
        }
        foreach (var write in Writes())
            await write();
        _folder.Close();
        foreach (var read in Reads())
            await read();
    }

    [Fact]
    public async Task Numbers_OfATransactionThatFailed_AreNotRemembered()
    {
        await FillAsync();
        Run("CREATE TRIGGER no_points BEFORE INSERT ON trails BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _folder.Trails.SaveAsync([Here with { Unit = "v", Grid = "lost" }], default));
        Run("DROP TRIGGER no_points");
        TrailPoint[] points = [Here with { Unit = "w", Grid = "other" }, Here with { Unit = "v", Grid = "lost" }];
        await _folder.Trails.SaveAsync([points[0]], default);
        await _folder.Trails.SaveAsync([points[1]], default);
        _folder.Close();
        foreach (var point in points)
            Assert.Equal([point], await _folder.Trails.OfUnitAsync(point.Unit, TestGrid.Noon, TestGrid.Noon, 10, default));
    }

    private async Task FillAsync()
    {
        foreach (var write in Writes())
            await write();
    }

    private IEnumerable<Func<Task>> Writes() =>
    [
        () => _folder.Trails.SaveAsync([Here], default),
        () => _folder.Duty.SaveAsync(Off, Entry, default),
        () => _folder.Coverage.SaveAsync([Sheet], default),
        () => _folder.Alerts.AcknowledgeAsync([Seen], Entry, default),
        () => _folder.Trails.ForgetAsync(TestGrid.Noon.AddDays(-1), 10, default),
        () => _folder.Coverage.ForgetAsync(CoverageCadence.Daily, Day.First.AddDays(-1), 10, default),
        () => _folder.Alerts.ForgetAsync(TestGrid.Noon.AddDays(-1), 10, default),
    ];

    private IEnumerable<Func<Task>> Reads() =>
    [
        async () => Assert.Equal([Here], await _folder.Trails.OfUnitAsync("u", TestGrid.Noon, TestGrid.Noon, 10, default)),
        async () => Assert.Equal([Here], await ListAsync(_folder.Trails.AtAsync(TestGrid.Noon, TestGrid.Noon, default))),
        async () => Assert.Equal([Here], await ListAsync(_folder.Trails.BetweenAsync(TestGrid.Noon.AddHours(-1), TestGrid.Noon, default))),
        async () => Assert.Equal([Off], await _folder.Duty.LoadAsync("s", default)),
        async () => Assert.Equal(Sheet.Figure, Assert.Single(await _folder.Coverage.LoadAsync("g", [Day], default)).Figure),
        async () => Assert.Equal([Seen], await _folder.Alerts.SinceAsync(DateTimeOffset.UnixEpoch, 10, default)),
    ];

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Run(string sql)
    {
        using var connection = Open();
        Run(connection, sql);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
