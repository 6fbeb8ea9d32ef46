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
/// Trails of 10,000 units that leave a point every 24 s in each day's eight hours of duty, in squads of 20 that save by themselves: what saving
/// takes, what a report waits for meanwhile, and the questions that the picture of a past moment asks.
/// </summary>
internal static class TrailBench
{
    private const int Units = 10_000;
    private const int Squad = 20;
    private const int PointsADay = 8 * 150;
    private const int Rounds = 15;
    private static readonly DateTimeOffset Morning = new(2026, 11, 16, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Measures both stores.</summary>
    /// <param name="days">Days of points that they hold.</param>
    public static async Task RunAsync(int days)
    {
        await RunAsync("sqlite", days, []);
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        await RunAsync("redis, everysec", days, [("Kind", "redis"), ("Redis:Address", redis.Address)]);
        var memory = await redis.UsedMemoryAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {memory / 1e6:N0} MB of memory"));
    }

    private static async Task RunAsync(string name, int days, (string Name, string Value)[] storage)
    {
        var folder = Directory.CreateTempSubdirectory("situational-bench-").FullName;
        try
        {
            var settings = storage.ToDictionary(pair => $"Situational:Storage:{pair.Name}", pair => (string?)pair.Value, StringComparer.Ordinal);
            settings["Situational:Data"] = folder;
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            await using var services = new ServiceCollection().AddLogging().AddSituationalStorage(configuration).BuildServiceProvider();
            await MeasureAsync(name, days, services.GetRequiredService<ITrailStore>(), services.GetRequiredService<IJournal>());
            var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {bytes / 1e6:N0} MB of files"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, int days, ITrailStore trails, IJournal journal)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {days * (long)PointsADay * Units:N0} points"));
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < days * PointsADay; i++)
            await trails.SaveAsync(Points(i, 0, Units), default);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  saved {days * (long)PointsADay * Units / Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} a second"));

        var next = days * PointsADay;
        await SayAsync("save 10,000 points, one caller", () => trails.SaveAsync(Points(next++, 0, Units), default));
        await SayAsync("save 10,000 points, squads of 20", () => SaveBySquadsAsync(trails, next++));
        var grid = GridState.Empty("330106001009999");
        await SayAsync("a report by itself", async () => grid = await ReportAsync(journal, grid));
        var saving = SaveBySquadsAsync(trails, next++);
        await SayAsync("a report while squads save", async () =>
        {
            if (saving.IsCompleted)
                saving = SaveBySquadsAsync(trails, next++);
            grid = await ReportAsync(journal, grid);
        });
        await saving;

        var noon = Morning.AddDays(days - 1).AddHours(4);
        await SayAsync("where all were at noon", () => CountAsync(trails.AtAsync(noon, noon.AddDays(-1), default)));
        await SayAsync("where all were at the next midnight", () => CountAsync(trails.AtAsync(noon.AddHours(12), noon.AddHours(-12), default)));
        await SayAsync("when each grid was heard at noon", () => CountAsync(trails.HeardAsync(noon, noon.AddDays(-1), default)));
        await SayAsync("a minute of all", () => CountAsync(trails.BetweenAsync(noon, noon.AddMinutes(1), default)));
        await SayAsync("a unit's day", () => trails.OfUnitAsync("w-05000", noon.AddHours(-12), noon.AddHours(12), 10_000, default));
        await SayAsync("forget 10,000 points", () => trails.ForgetAsync(Morning.AddHours(1), Units, default));
    }

    /// <summary>The points of a moment, of some units.</summary>
    private static TrailPoint[] Points(int number, int from, int to)
    {
        var at = Morning.AddDays(number / PointsADay).AddSeconds(24 * (number % PointsADay));
        var points = new TrailPoint[to - from];
        for (var unit = from; unit < to; unit++)
            points[unit - from] = new TrailPoint(
                $"w-{unit:00000}", at.AddMilliseconds(unit), 30 + unit / 1e5, 120 + unit % 1_000 / 1e4, 5, $"33010600100{unit % 4_000:0000}",
                number % PointsADay == PointsADay - 1);
        return points;
    }

    private static Task SaveBySquadsAsync(ITrailStore trails, int number) => Task.WhenAll(
        Enumerable.Range(0, Units / Squad).Select(squad => trails.SaveAsync(Points(number, squad * Squad, (squad + 1) * Squad), default)));

    private static async Task<GridState> ReportAsync(IJournal journal, GridState state)
    {
        var number = state.LastCaseNumber + 1;
        var id = $"{state.Grid}-{number}";
        var at = Morning.AddSeconds(number);
        var report = new Report("manhole-cover", Severity.Yellow, "井盖缺失，已放置警示标志", 30.25, 120.16, "worker", null, null, []);
        var opened = new Case(id, state.Grid, 1, report, Stage.Reported, at, at);
        var after = state with { Version = state.Version + 1, LastCaseNumber = number, Open = state.Open.SetItem(id, opened) };
        await journal.AppendAsync(
            new JournalAppend(state.Grid, state.Version, [new CaseOpened(at, id, 1, report)], [opened], new AcceptedReport(id, "f", id), after), default);
        return after;
    }

    private static async Task CountAsync<T>(IAsyncEnumerable<T> items)
    {
        var count = 0;
        await foreach (var _ in items)
            count++;
        if (count == 0)
            throw new InvalidDataException("Nothing was found.");
    }

    private static async Task SayAsync(string what, Func<Task> once)
    {
        await once();
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await once();
            times[round] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {what}: {times[Rounds / 2]:0.0} ms ({times[0]:0.0}-{times[^1]:0.0})"));
    }
}
