using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>What a journal holds, as tests compare it.</summary>
public static class TestHistory
{
    /// <summary>A grid's state, folded from what is kept of it.</summary>
    public static async Task<GridState> StateAsync(IJournal journal, string grid)
    {
        var history = await journal.LoadAsync(grid, default);
        return GridFold.Apply(history.Snapshot ?? GridState.Empty(grid), history.Events);
    }

    /// <summary>Descriptions of all cases that a grid's history opened and that are still open; fails on one that is there twice.</summary>
    public static async Task<IReadOnlyList<string>> DescriptionsAsync(IJournal journal, string grid)
    {
        var state = await StateAsync(journal, grid);
        var all = state.Open.Values.Select(c => c.Report.Description).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
        return all;
    }

    /// <summary>Descriptions of all cases that the search finds, in order; fails on one that is found twice.</summary>
    public static async Task<IReadOnlyList<string>> FoundAsync(IJournal journal)
    {
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await journal.SearchAsync(new CaseQuery(null, 500) { Cursor = cursor }, default);
            found.AddRange(page.Cases.Select(c => c.Report.Description));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(found.Count, found.Distinct().Count());
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
