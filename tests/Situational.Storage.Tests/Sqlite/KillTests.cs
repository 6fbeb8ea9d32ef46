using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class KillTests
{
    [Trait("Fault", "1")]
    [Fact]
    public async Task Kill_AtRandomMomentsWhileWriting_LosesNothingAcknowledgedAndRepeatsNothing()
    {
        using var folder = new StoreFolder();
        var random = new Random(20261122);
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < 10; round++)
        {
            await WriteUntilKilledAsync(folder, round, acknowledged, stopAfter: random.Next(1, 400));
            var there = new HashSet<string>();
            string? cursor = null;
            do
            {
                var page = await folder.Journal.SearchAsync(new CaseQuery(null, 1_000) { Cursor = cursor }, default);
                Assert.All(page.Cases, c => Assert.True(there.Add(c.Report.Description), $"{c.Report.Description} twice"));
                cursor = page.Next;
            }
            while (cursor is not null);
            Assert.Empty(acknowledged.Except(there));
            var open = (await PastTelling.AtAsync(folder.Past, DateTimeOffset.MaxValue)).Select(one => one.Id);
            Assert.Equal(await OpenAsync(folder.Journal), open);
            foreach (var key in acknowledged)
                Assert.NotNull(await folder.Journal.FindReportAsync(key, default));
            folder.Close();
        }
        Assert.True(acknowledged.Count >= 10);
        var run = await UpkeepCommand.RunAsync("verify", "--data", folder.Data);
        Assert.Equal(("", 0), (run.Faults, run.Code));
    }

    [Fact]
    public async Task Open_WhileAnotherProcessHasTheFolder_IsRefusedUntilItEnds()
    {
        using var folder = new StoreFolder();
        using var child = WritingChild.Start(folder.Data, round: 0);
        try
        {
            Assert.NotNull(await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)));
            var refusal = Assert.Throws<StorageUnusableException>(() => folder.Journal);
            Assert.Equal($"the data folder {folder.Data} is in use by process {child.Id}", refusal.Message);
        }
        finally
        {
            child.Kill();
        }
        await child.WaitForExitAsync();
        folder.Close();
        Assert.NotEmpty((await folder.Journal.SearchAsync(new CaseQuery(null, 1), default)).Cases);
    }

    /// <summary>Ids of all open cases.</summary>
    private static async Task<IEnumerable<string>> OpenAsync(IJournal journal)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await journal.SearchAsync(new CaseQuery(null, 1_000) { Stages = [Stage.Reported], Cursor = cursor }, default);
            ids.AddRange(page.Cases.Select(one => one.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return ids.Order(StringComparer.Ordinal);
    }

    /// <summary>Starts the child, reads what it says was acknowledged, and kills it without warning.</summary>
    private static async Task WriteUntilKilledAsync(StoreFolder folder, int round, HashSet<string> acknowledged, int stopAfter)
    {
        using var child = WritingChild.Start(folder.Data, round);
        try
        {
            for (var lines = 0; lines < stopAfter; lines++)
            {
                var line = await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
                Assert.NotNull(line);
                acknowledged.Add(line);
            }
        }
        finally
        {
            child.Kill();
        }
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            if (line.EndsWith('.'))
                acknowledged.Add(line);
        await child.WaitForExitAsync();
    }
}
