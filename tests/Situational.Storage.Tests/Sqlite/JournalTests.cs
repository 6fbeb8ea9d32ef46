using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class JournalTests : IDisposable
{
    private readonly StoreFolder _folder = new(("SnapshotEvery", "8"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_OfAGridWithoutEvents_IsEmpty()
    {
        var history = await _folder.Journal.LoadAsync("330106001001001", default);
        Assert.Null(history.Snapshot);
        Assert.Empty(history.Events);
    }

    [Fact]
    public async Task Load_AfterReopening_GivesSnapshotAndEventsInOrder()
    {
        var grid = new TestGrid("g");
        for (var i = 0; i < 11; i++)
            await grid.AppendAsync(_folder.Journal, grid.Open());
        var closing = await grid.AppendAsync(_folder.Journal, grid.CloseCase("g-3"));
        _folder.Close();

        var history = await _folder.Journal.LoadAsync("g", default);
        Assert.Equal(8, history.Snapshot!.Version);
        Assert.Equal(8, history.Snapshot.LastCaseNumber);
        Assert.Equal(TestGrid.Noon.AddSeconds(8), history.Snapshot.LastReportAt);
        Assert.Equal(["g-1", "g-2", "g-3", "g-4", "g-5", "g-6", "g-7", "g-8"], history.Snapshot.Open.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["g-9", "g-10", "g-11", "g-3"], history.Events.Select(e => e switch
        {
            CaseOpened opened => opened.CaseId,
            CaseClosed closed => closed.CaseId,
            _ => "?",
        }));
        Assert.Equal(closing.Events[0], history.Events[3]);
        Assert.Equal(Text(grid.State.Open["g-1"]), Text(history.Snapshot.Open["g-1"]));
    }

    [Fact]
    public async Task Append_WithAnotherExpectedVersion_IsRefusedAndWritesNothing()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open());
        var stale = new TestGrid("g").Open("key");

        Assert.Equal(new AppendOutcome.VersionConflict(1), await _folder.Journal.AppendAsync(stale, default));
        Assert.Null(await _folder.Journal.FindReportAsync("key", default));
        Assert.Single((await _folder.Journal.LoadAsync("g", default)).Events);
    }

    [Fact]
    public async Task Append_AheadOfTheGrid_IsRefused()
    {
        var grid = new TestGrid("g");
        grid.Apply(grid.Open());
        Assert.Equal(new AppendOutcome.VersionConflict(0), await _folder.Journal.AppendAsync(grid.Open(), default));
    }

    [Fact]
    public async Task Append_WithAKeyThatIsTaken_GivesTheFirstReport()
    {
        var first = new TestGrid("a");
        var other = new TestGrid("b");
        await first.AppendAsync(_folder.Journal, first.Open("key", fingerprint: "one"));

        var taken = new AppendOutcome.KeyTaken(new AcceptedReport("key", "one", "a-1"));
        Assert.Equal(taken, await _folder.Journal.AppendAsync(other.Open("key", fingerprint: "two"), default));
        _folder.Close();
        Assert.Equal(taken, await _folder.Journal.AppendAsync(other.Open("key", fingerprint: "two"), default));
        Assert.Equal(taken.Before, await _folder.Journal.FindReportAsync("key", default));
        Assert.Empty((await _folder.Journal.LoadAsync("b", default)).Events);
    }

    [Fact]
    public async Task Append_ThatContradictsItself_Throws()
    {
        var append = new TestGrid("g").Open();
        await Assert.ThrowsAsync<ArgumentException>(() => _folder.Journal.AppendAsync(append with { Events = [] }, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _folder.Journal.AppendAsync(append with { Grid = "h" }, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _folder.Journal.AppendAsync(append with { ExpectedVersion = 5 }, default));
    }

    [Fact]
    public async Task FindCase_GivesTheCaseAsOfItsNewestEvent()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(_folder.Journal, grid.Open());
        Assert.Equal(Text(grid.State.Open["g-1"]), Text((await _folder.Journal.FindCaseAsync("g-1", default))!));

        var closing = await grid.AppendAsync(_folder.Journal, grid.CloseCase("g-1"));
        Assert.Equal(Text(closing.Cases[0]), Text((await _folder.Journal.FindCaseAsync("g-1", default))!));
        Assert.Null(await _folder.Journal.FindCaseAsync("g-2", default));
    }

    [Fact]
    public async Task Append_CancelledBefore_IsCancelledAndWritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _folder.Journal.AppendAsync(new TestGrid("g").Open(), new CancellationToken(canceled: true)));
        Assert.Empty((await _folder.Journal.LoadAsync("g", default)).Events);
    }

    [Fact]
    public async Task Append_AfterClosing_IsUnavailable()
    {
        var journal = _folder.Journal;
        _folder.Close();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(new TestGrid("g").Open(), default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.LoadAsync("g", default));
    }

    private static string Text(Case value) => JsonSerializer.Serialize(value);
}
