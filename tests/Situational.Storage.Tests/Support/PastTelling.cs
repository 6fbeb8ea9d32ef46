using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>What a store says of the past, as tests compare it.</summary>
public static class PastTelling
{
    /// <summary>The cases of a moment by id; fails on one that is there twice.</summary>
    public static async Task<IReadOnlyList<PastCase>> AtAsync(IPastStore past, DateTimeOffset at)
    {
        var cases = new List<PastCase>();
        await foreach (var one in past.AtAsync(at, TestContext.Current.CancellationToken))
            cases.Add(one);
        Assert.Equal(cases.Count, cases.Select(one => one.Id).Distinct().Count());
        cases.Sort(static (one, other) => string.CompareOrdinal(one.Id, other.Id));
        return cases;
    }

    public static async Task<IReadOnlyList<PastCase>> ChangesAsync(IPastStore past, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = new List<PastCase>();
        await foreach (var one in past.ChangesAsync(from, to, TestContext.Current.CancellationToken))
            rows.Add(one);
        return rows;
    }
}
