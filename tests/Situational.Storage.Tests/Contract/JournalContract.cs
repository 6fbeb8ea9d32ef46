using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class JournalContract(StoreUnderTest store) : IDisposable
{
    protected static readonly (string, string)[] Settings = [("SnapshotEvery", "8")];

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Load_OfAGridWithoutEvents_IsEmpty()
    {
        var history = await store.Journal.LoadAsync("330106001001001", default);
        Assert.Null(history.Snapshot);
        Assert.Empty(history.Events);
    }

    [Fact]
    public async Task Load_AfterReopening_GivesSnapshotAndEventsInOrder()
    {
        var grid = new TestGrid("g");
        for (var i = 0; i < 11; i++)
            await grid.AppendAsync(store.Journal, grid.Open());
        var closing = await grid.AppendAsync(store.Journal, grid.CloseCase("g-3"));
        store.Close();

        var history = await store.Journal.LoadAsync("g", default);
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
        await grid.AppendAsync(store.Journal, grid.Open());
        var stale = new TestGrid("g").Open("key");

        Assert.Equal(new AppendOutcome.VersionConflict(1), await store.Journal.AppendAsync(stale, default));
        Assert.Null(await store.Journal.FindReportAsync("key", default));
        Assert.Single((await store.Journal.LoadAsync("g", default)).Events);
    }

    [Fact]
    public async Task Append_AheadOfTheGrid_IsRefused()
    {
        var grid = new TestGrid("g");
        grid.Apply(grid.Open());
        Assert.Equal(new AppendOutcome.VersionConflict(0), await store.Journal.AppendAsync(grid.Open(), default));
    }

    [Fact]
    public async Task Append_WithAKeyThatIsTaken_GivesTheFirstReport()
    {
        var first = new TestGrid("a");
        var other = new TestGrid("b");
        await first.AppendAsync(store.Journal, first.Open("key", fingerprint: "one"));

        var taken = new AppendOutcome.KeyTaken(new AcceptedReport("key", "one", "a-1"));
        Assert.Equal(taken, await store.Journal.AppendAsync(other.Open("key", fingerprint: "two"), default));
        store.Close();
        Assert.Equal(taken, await store.Journal.AppendAsync(other.Open("key", fingerprint: "two"), default));
        Assert.Equal(taken.Before, await store.Journal.FindReportAsync("key", default));
        Assert.Empty((await store.Journal.LoadAsync("b", default)).Events);
    }

    [Fact]
    public async Task Append_ThatContradictsItself_Throws()
    {
        var append = new TestGrid("g").Open();
        await Assert.ThrowsAsync<ArgumentException>(() => store.Journal.AppendAsync(append with { Events = [] }, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Journal.AppendAsync(append with { Grid = "h" }, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Journal.AppendAsync(append with { ExpectedVersion = 5 }, default));
    }

    [Fact]
    public async Task FindCase_GivesTheCaseAsOfItsNewestEvent()
    {
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open());
        Assert.Equal(Text(grid.State.Open["g-1"]), Text((await store.Journal.FindCaseAsync("g-1", default))!));

        var closing = await grid.AppendAsync(store.Journal, grid.CloseCase("g-1"));
        Assert.Equal(Text(closing.Cases[0]), Text((await store.Journal.FindCaseAsync("g-1", default))!));
        Assert.Null(await store.Journal.FindCaseAsync("g-2", default));
    }

    [Fact]
    public async Task Append_CancelledBefore_IsCancelledAndWritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.Journal.AppendAsync(new TestGrid("g").Open(), new CancellationToken(canceled: true)));
        Assert.Empty((await store.Journal.LoadAsync("g", default)).Events);
    }

    [Fact]
    public async Task Append_AfterClosing_IsUnavailable()
    {
        var journal = store.Journal;
        store.Close();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(new TestGrid("g").Open(), default));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.LoadAsync("g", default));
    }

    private static string Text(Case value) => JsonSerializer.Serialize(value);
}
