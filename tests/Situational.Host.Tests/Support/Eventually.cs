using System.Diagnostics;

namespace Situational.Host.Tests.Support;

/// <summary>Waits for what comes by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Asks again until the condition holds; throws <see cref="TimeoutException"/> after a generous deadline.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > Deadline)
                throw new TimeoutException(what);
            await Task.Delay(20);
        }
    }

    /// <summary>Asks again until the condition holds or the deadline has passed; the assertions that follow say what differs.</summary>
    public static async Task TriedAsync(Func<Task<bool>> condition)
    {
        try
        {
            await HoldsAsync(condition, "");
        }
        catch (TimeoutException)
        {
            // The caller looks at what there is.
        }
    }
}
