namespace Orleans.Embedded.Tests;

/// <summary>Waiting for a condition, with a generous end.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task Until(Func<bool> condition, string what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Limit)
                Assert.Fail($"Waited in vain for {what}.");
            await Task.Delay(5);
        }
    }
}
