using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>This program as a child process that writes for ever and says each append that was acknowledged.</summary>
internal static class WritingChild
{
    public const string Argument = "write-for-ever";

    public static Process Start(string data, int round) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [Argument, data, $"{round}"]) { RedirectStandardOutput = true })!;

    /// <summary>As the child: eight callers, each appending to a grid of its own.</summary>
    public static async Task<int> RunAsync(string data, string round)
    {
        await using var services = StoreFolder.Build(data, new ManualTime(), ("SnapshotEvery", "8"));
        var journal = services.GetRequiredService<IJournal>();
        await using var writer = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var output = TextWriter.Synchronized(writer);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            var grid = new TestGrid($"r{round}c{caller}");
            while (true)
            {
                var key = $"{round}/{caller}/{grid.State.Version}.";
                var append = grid.Open(key, description: key);
                if (await journal.AppendAsync(append, default) is not AppendOutcome.Appended)
                    throw new InvalidOperationException($"{key} was refused.");
                grid.Apply(append);
                await output.WriteLineAsync(key);
                // Cases also end, so that what followed what is tried, too.
                if (grid.State.Open.Count <= 4)
                    continue;
                var close = grid.CloseCase(grid.State.Open.Keys.First());
                if (await journal.AppendAsync(close, default) is not AppendOutcome.Appended)
                    throw new InvalidOperationException($"{close.Events[0]} was refused.");
                grid.Apply(close);
            }
        }));
        return 0;
    }
}
