using Microsoft.Extensions.Logging;

namespace Situational.Grains.City;

/// <summary>
/// Calls many grains, a bounded number at a time; one that fails is logged and counted and holds up none of the others. Its calls run
/// inside the turns of the grain that started it.
/// </summary>
/// <param name="atOnce">How many calls are under way at a time, from 1.</param>
/// <param name="log">Logs failures.</param>
internal sealed partial class Rounds(int atOnce, ILogger log)
{
    private bool _stopped;

    /// <summary>Ends the calling: what is under way may end as it likes, nothing new begins.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Calls each once.</summary>
    /// <returns>How many failed.</returns>
    public async Task<int> CallAsync<T>(IReadOnlyList<T> targets, Func<T, Task> callAsync)
    {
        var next = 0;
        var failed = 0;
        var callers = new Task[Math.Min(atOnce, targets.Count)];
        for (var i = 0; i < callers.Length; i++)
            callers[i] = RunAsync();
        await Task.WhenAll(callers);
        return failed;

        async Task RunAsync()
        {
            while (next < targets.Count && !_stopped)
            {
                var target = targets[next++];
                try
                {
                    await callAsync(target);
                }
                catch (Exception) when (_stopped)
                {
                    // The silo goes down, and the grains with it.
                }
                catch (Exception fault)
                {
                    failed++;
                    LogFailed(fault, target?.ToString() ?? "");
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The city's round: {Target} did not answer.")]
    private partial void LogFailed(Exception fault, string target);
}
