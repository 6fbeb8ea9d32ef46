using System.Text;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using Situational.Storage.Sqlite;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

/// <summary>A file of the first schema with the very texts that were written then.</summary>
public sealed class OldFileTests : IDisposable
{
    private const string Grid = "330106001001001";

    private readonly StoreFolder _folder = new(("SnapshotEvery", "5"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OfTheFirstSchema_SearchesFactsAndHistoriesAreRight()
    {
        Write();
        var newest = await SearchAsync(new CaseQuery(null, 10));
        Assert.Equal([$"{Grid}-3", $"{Grid}-2", $"{Grid}-1"], newest);
        Assert.Equal([$"{Grid}-2"], await SearchAsync(new CaseQuery(null, 10) { Category = "fire-exit" }));
        Assert.Equal([$"{Grid}-2"], await SearchAsync(new CaseQuery(null, 10) { Text = "消防通道" }));
        Assert.Equal([$"{Grid}-1"], await SearchAsync(new CaseQuery(null, 10) { Stages = [Stage.Closed] }));
        Assert.Equal([$"{Grid}-2", $"{Grid}-3"], await SearchAsync(new CaseQuery([Grid], 10) { Order = CaseOrder.Due }));
        Assert.Equal([$"{Grid}-2", $"{Grid}-3"], await SearchAsync(new CaseQuery(null, 10) { Order = CaseOrder.Due }));

        var facts = new List<CaseFact>();
        await foreach (var fact in _folder.Records.FactsAsync(TestGrid.Noon, TestGrid.Noon.AddDays(1), default))
            facts.Add(fact);
        var closed = facts.Single(fact => fact.Id == $"{Grid}-1");
        Assert.Equal(
            (TestGrid.Noon, (DateTimeOffset?)TestGrid.Noon.AddHours(2), Stage.Closed, "manhole-cover", false),
            (closed.ReportedAt, closed.EndedAt, closed.Stage, closed.Category, closed.OnTheSpot));
        Assert.Equal([Stage.Reported, Stage.Handling, Stage.Closed], closed.Path.Select(entry => entry.Stage));
        Assert.Equal(3, facts.Count);

        var history = await _folder.Records.HistoryAsync($"{Grid}-1", default);
        Assert.Equal([typeof(CaseOpened), typeof(CaseStarted), typeof(CaseClosed)], history.Select(h => h.Event.GetType()));
        Assert.Equal([1L, 4L, 5L], history.Select(h => h.Version));
        Assert.Equal([new TerritoryVersion(1, LivingCity.Territory(1).Fingerprint, null)], await _folder.Territories.ListAsync(default));
        Assert.Equal($"{Grid}-1", (await _folder.Journal.FindReportAsync("key-1", default))!.CaseId);
    }

    [Fact]
    public async Task Open_OfTheFirstSchema_LeavesAStoreThatVerifiesAndGoesOn()
    {
        Write();
        Assert.NotNull(_folder.Store);
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal(("", 0), (run.Faults, run.Code));

        var history = await _folder.Journal.LoadAsync(Grid, default);
        var state = GridFold.Apply(history.Snapshot ?? GridState.Empty(Grid), history.Events);
        Assert.Equal((5, 3, 2), (state.Version, state.LastCaseNumber, state.Open.Count));
        var open = state.Open[$"{Grid}-2"];
        var stepped = new CaseStepped(TestGrid.Noon.AddDays(1), open.Id, CaseStep.Accept, Stage.Accepted, LivingCity.Officer);
        var after = GridFold.Apply(state, stepped);
        Assert.Equal(new AppendOutcome.Appended(6),
            await _folder.Journal.AppendAsync(new JournalAppend(Grid, 5, [stepped], [after.Open[open.Id]], null, after), default));
        Assert.Equal([$"{Grid}-2"], await SearchAsync(new CaseQuery(null, 10) { Stages = [Stage.Accepted] }));
    }

    [Fact]
    public async Task Open_OfTheFirstSchemaWithDamage_StillOpensAndNamesItLater()
    {
        Write(damage: "UPDATE events SET data = 'no json' WHERE version = 2; UPDATE cases SET data = 'no json' WHERE number = 2");
        Assert.Equal([$"{Grid}-1"], await SearchAsync(new CaseQuery(null, 10) { Stages = [Stage.Closed] }));
        await Assert.ThrowsAsync<JournalDamagedException>(() => _folder.Journal.LoadAsync(Grid, default));
        await Assert.ThrowsAsync<JournalDamagedException>(() => _folder.Journal.FindCaseAsync($"{Grid}-2", default));
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains($"event 2 of grid {Grid}: its checksum does not match", run.Output, StringComparison.Ordinal);
        Assert.Contains($"case {Grid}-2: its checksum does not match", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfTheFirstSchema_IsRefusedAndChangesNothing()
    {
        Write();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal(3, run.Code);
        Assert.Contains("has schema version 1", run.Refusal, StringComparison.Ordinal);
        using var still = new Session(_folder.File, 1, "");
        Assert.Equal(1L, still.Value("PRAGMA user_version"));
    }

    private async Task<IEnumerable<string>> SearchAsync(CaseQuery query) => (await _folder.Journal.SearchAsync(query, default)).Cases.Select(one => one.Id);

    private void Write(string? damage = null)
    {
        using var folder = DataFolder.Take(_folder.Data);
        using var session = new Session(folder.OwnFile(SqliteStore.FileName), 1, "");
        Schema.Bring(session, _folder.File, [Schema.Steps[0]]);
        string[] reports =
        [
            """{"category":"manhole-cover","severity":3,"description":"井盖缺失","latitude":30.25,"longitude":120.16,"source":"worker","reporterName":"王","photos":[]}""",
            """{"category":"fire-exit","severity":2,"description":"消防通道堵塞 <b>&","latitude":30.26,"longitude":120.16,"source":"worker","photos":["https://example.org/1.jpg"]}""",
            """{"category":"other","severity":4,"description":"乱堆物料","latitude":30.27,"longitude":120.16,"source":"resident","photos":[]}""",
        ];
        for (var i = 0; i < 3; i++)
            AddEvent(session, i + 1, $$"""{"$type":"case-opened","caseId":"{{Grid}}-{{i + 1}}","territoryVersion":1,"report":{{reports[i]}},"at":"2026-11-22T12:0{{i}}:00+00:00"}""");
        AddEvent(session, 4, $$"""{"$type":"case-started","caseId":"{{Grid}}-1","at":"2026-11-22T13:00:00+00:00"}""");
        AddEvent(session, 5, $$"""{"$type":"case-closed","caseId":"{{Grid}}-1","note":"好","at":"2026-11-22T14:00:00+00:00"}""");
        AddCase(session, 1, 7, 3, $$"""{"id":"{{Grid}}-1","grid":"{{Grid}}","territoryVersion":1,"report":{{reports[0]}},"stage":7,"reportedAt":"2026-11-22T12:00:00+00:00","updatedAt":"2026-11-22T14:00:00+00:00","startedAt":"2026-11-22T13:00:00+00:00","closedAt":"2026-11-22T14:00:00+00:00","note":"好"}""");
        for (var i = 1; i < 3; i++)
            AddCase(session, i + 1, 1, i == 1 ? 2 : 4, $$"""{"id":"{{Grid}}-{{i + 1}}","grid":"{{Grid}}","territoryVersion":1,"report":{{reports[i]}},"stage":1,"reportedAt":"2026-11-22T12:0{{i}}:00+00:00","updatedAt":"2026-11-22T12:0{{i}}:00+00:00"}""");
        var snapshot = $$"""{"grid":"{{Grid}}","version":5,"lastCaseNumber":3,"lastReportAt":"2026-11-22T12:02:00+00:00","open":[]}""";
        session.Run("INSERT INTO snapshots (grid, version, data, checksum) VALUES ($1, 5, $2, $3)", Grid, Bytes(snapshot), Checksum.Of(Grid, 5, Bytes(snapshot)));
        session.Run("INSERT INTO report_keys (key, fingerprint, case_id, accepted_ms) VALUES ('key-1', 'f', $1, 1)", $"{Grid}-1");
        var territory = LivingCity.Territory(1);
        session.Run("INSERT INTO territories (version, geojson, fingerprint) VALUES (1, $1, $2)", territory.GeoJson.ToArray(), territory.Fingerprint);
        foreach (var statement in (damage ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            session.Run(statement);
    }

    private static void AddEvent(Session session, long version, string text) => session.Run(
        "INSERT INTO events (grid, version, data, checksum) VALUES ($1, $2, $3, $4)", Grid, version, Bytes(text), Checksum.Of(Grid, version, Bytes(text)));

    private static void AddCase(Session session, int number, int stage, int severity, string text) => session.Run(
        "INSERT INTO cases (id, grid, stage, severity, data, checksum) VALUES ($1, $2, $3, $4, $5, $6)",
        $"{Grid}-{number}", Grid, stage, severity, Bytes(text), Checksum.Of($"{Grid}-{number}", 0, Bytes(text)));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
