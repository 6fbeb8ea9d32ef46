using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>Callers that do not give up.</summary>
public static class Persevering
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Asks until the store is there.</summary>
    public static async Task<T> WhenBackAsync<T>(Func<Task<T>> ask)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
            try
            {
                return await ask();
            }
            catch (JournalUnavailableException) when (TimeProvider.System.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(20);
            }
    }

    /// <summary>Sends one append again until it is known to be written; what is known under its key is that very append.</summary>
    public static async Task AppendSurelyAsync(this TestGrid grid, IJournal journal, JournalAppend append)
    {
        switch (await WhenBackAsync(() => journal.AppendAsync(append, CancellationToken.None)))
        {
            case AppendOutcome.Appended appended:
                Assert.Equal(append.StateAfter.Version, appended.Version);
                break;
            case AppendOutcome.KeyTaken taken:
                Assert.Equal(append.Report, taken.Before);
                break;
            case var other:
                Assert.Fail($"{append.Report?.Key}: {other}");
                break;
        }
        grid.Apply(append);
    }
}
