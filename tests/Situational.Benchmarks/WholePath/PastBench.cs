using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage;
using Situational.Testing;

namespace Situational.Benchmarks.WholePath;

/// <summary>
/// The past of a city: 100,000 open cases in 7,300 grids, each of which was shown in six ways before, over a week. What a moment's picture and the
/// changes of a time take to read.
/// </summary>
internal static class PastBench
{
    private const int Cases = 100_000;
    private const int Grids = 7_300;
    private const int Days = 7;
    private const int Callers = 64;
    private const int Rounds = 9;
    private static readonly DateTimeOffset Begin = new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero);
    private static readonly Actor Officer = new("officer", Role.Officer);

    /// <summary>Measures both stores.</summary>
    public static async Task RunAsync()
    {
        await RunAsync("sqlite", []);
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        await RunAsync("redis, everysec", [("Kind", "redis"), ("Redis:Address", redis.Address)]);
    }

    private static async Task RunAsync(string name, (string Name, string Value)[] storage)
    {
        var folder = Directory.CreateTempSubdirectory("situational-bench-").FullName;
        try
        {
            var settings = storage.ToDictionary(pair => $"Situational:Storage:{pair.Name}", pair => (string?)pair.Value, StringComparer.Ordinal);
            settings["Situational:Data"] = folder;
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            await using var services = new ServiceCollection().AddLogging().AddSituationalStorage(configuration).BuildServiceProvider();
            var begun = Stopwatch.GetTimestamp();
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
            {
                while (Interlocked.Increment(ref next) is var grid && grid < Grids)
                    await LiveAsync(services.GetRequiredService<IJournal>(), grid);
            }));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {Cases:N0} open cases, {Cases * Days:N0} rows, written in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s"));
            await MeasureAsync(services.GetRequiredService<IPastStore>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(IPastStore past)
    {
        var end = Begin.AddDays(Days);
        foreach (var (what, at) in new[]
        {
            ("now", end), ("an hour ago", end.AddHours(-1)), ("a day ago", end.AddDays(-1)), ("three and a half days ago", end.AddDays(-3.5)),
            ("six and a half days ago", end.AddDays(-6.5)),
        })
            await SayAsync($"the picture of {what}", () => CountAsync(past.AtAsync(at, default)));
        await SayAsync("the changes of an hour", () => CountAsync(past.ChangesAsync(end.AddDays(-2), end.AddDays(-2).AddHours(1), default)));
        await SayAsync("the changes of a day", () => CountAsync(past.ChangesAsync(end.AddDays(-3), end.AddDays(-2), default)));
        await SayAsync("forget 10,000 rows", () => past.ForgetAsync(Begin.AddDays(2), 10_000, default));
    }

    /// <summary>A grid's week: its cases are opened on the first day and each takes one step a day, at any time of it.</summary>
    private static async Task LiveAsync(IJournal journal, int number)
    {
        var random = new Random(number);
        var grid = $"33010600{number:0000000}";
        var state = GridState.Empty(grid);
        var count = Cases / Grids + (number < Cases % Grids ? 1 : 0);
        for (var day = 0; day < Days; day++)
        {
            var events = new GridEvent[count];
            var before = state;
            for (var i = 0; i < count; i++)
            {
                var (at, id) = (Begin.AddDays(day).AddTicks(random.NextInt64(TimeSpan.TicksPerDay)), CaseId.Of(grid, i + 1));
                events[i] = day == 0
                    ? new CaseOpened(at, id, 1, new Report("manhole-cover", Severity.Yellow, "井盖缺失，已放置警示标志", 30.25, 120.16, "worker", null, null, []), Officer)
                    : day % 2 == 1
                        ? new CaseStepped(at, id, CaseStep.Dispatch, Stage.Dispatched, Officer, Assignee: new Assignee(AssigneeKind.Unit, $"w-{random.Next(1_000):0000}"))
                        : new CaseStepped(at, id, CaseStep.Return, Stage.Returned, Officer, Reason: "r");
            }
            state = GridFold.Apply(state, events);
            var append = new JournalAppend(grid, before.Version, events, [.. events.Select(one => state.Open[CaseFold.CaseIdOf(one)])], null, state);
            if (await journal.AppendAsync(append, default) is not AppendOutcome.Appended)
                throw new InvalidOperationException("An append was refused.");
        }
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<PastCase> cases)
    {
        var count = 0;
        await foreach (var _ in cases)
            count++;
        return count;
    }

    private static async Task SayAsync(string what, Func<Task<int>> runAsync)
    {
        var count = await runAsync();
        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await runAsync();
            times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {what}: {count:N0} rows, {times[Rounds / 2]:N0} ms ({times[0]:N0}-{times[^1]:N0})"));
    }
}
