using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>The store of a real host is gone for a while, under load: half a minute of a Redis that does not answer, some seconds of a locked file.</summary>
[Trait("Fault", "3")]
[Trait("Fault", "4")]
[Trait("Fault", "S13")]
public sealed class StoreGoneTests
{
    private const int Reporters = 3;
    private const int KeysOfEach = 3;

    /// <summary>What the process may take more than before while its store is away, bytes. Its young generation is held to 4 MiB, so that only what is kept counts.</summary>
    private const long MemoryBound = 64 * 1024 * 1024;

    private static readonly HostProcessOptions Impatient = new()
    {
        Arguments = ["--Situational:Storage:BusySeconds=1", "--Situational:Storage:AnswerSeconds=2", "--Situational:Storage:Redis:AnswerSeconds=2"],
        Environment = new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "400000" },
    };

    [Theory]
    [InlineData(HostStore.OnRedis, 30)]
    [InlineData(HostStore.Sqlite, 5)]
    public async Task Store_GoneUnderLoad_RefusesReportsGoesOnOtherwiseAndComesBackByItself(string kind, int seconds)
    {
        await using var store = await HostStore.StartAsync(kind);
        await using var host = await store.StartHostAsync(Impatient);
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();
        await Requests.RecordAsync(client, $"[{Requests.Fix("known", 0, now)},{Requests.Fix("patrol", 0, now)}]");
        await Requests.OpenCaseAsync(client, 1);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Units.ContainsKey("known") && p.Cases.Count == 1 && p.Troubles.Count == 0);
        var refusals = new ConcurrentDictionary<string, int>();

        await using (await store.TakeAwayAsync(host))
        {
            var begun = TimeProvider.System.GetTimestamp();
            using var enough = new CancellationTokenSource();
            var load = Enumerable.Range(0, Reporters).Select(r => BeRefusedAsync(client, r, host.DataFolder, refusals, enough.Token))
                .Append(PatrolAsync(client, enough.Token)).ToArray();
            await screen.WaitAsync(IsAway);
            await MoveAsync(client, screen, now.AddSeconds(5), 3);
            await Eventually.HoldsAsync(() => Task.FromResult(refusals.Count == Reporters * KeysOfEach || load.Any(l => l.IsFaulted)), "each report was refused once");
            var before = Resident(host.Id);
            while (TimeProvider.System.GetElapsedTime(begun).TotalSeconds < seconds && !load.Any(l => l.IsFaulted))
            {
                await Task.Delay(200);
                Assert.InRange(Resident(host.Id), 0, before + MemoryBound);
            }
            await MoveAsync(client, screen, now.AddSeconds(10), 1);
            Assert.True(screen.Look(IsAway));
            Assert.Equal("degraded", (await Requests.GetAsync<HealthAnswer>(client, "health")).Status);
            await enough.CancelAsync();
            await Task.WhenAll(load);
        }

        await Task.WhenAll(refusals.Keys.Select(key => Eventually.HoldsAsync(
            async () =>
            {
                using var again = await Requests.PostReportAsync(client, key, Requests.Report(key[1] - '0', key));
                return again.IsSuccessStatusCode;
            },
            "reports are still refused")));
        await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Cases.Count == 1 + refusals.Count);
        Assert.Equal(refusals.Keys.Append("sparks").Order(StringComparer.Ordinal), (await CasePages.AllAsync(client)).Select(c => c.Description).Order(StringComparer.Ordinal));
        Assert.Empty(screen.Look(p => p.Breaches));
    }

    private static bool IsAway(FeedPicture picture) => picture.Troubles.Any(t => t.StartsWith("store-away", StringComparison.Ordinal));

    /// <summary>Sends its reports again and again, each under its key.</summary>
    private static async Task BeRefusedAsync(
        HttpClient client, int reporter, string folder, ConcurrentDictionary<string, int> refusals, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var key = $"r{reporter}-{i % KeysOfEach}";
            using var refused = await Requests.PostReportAsync(client, key, Requests.Report(reporter, key), CancellationToken.None);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            var problem = await Requests.ProblemAsync(refused);
            Assert.DoesNotContain(folder, problem.ToString(), StringComparison.Ordinal);
            refusals.AddOrUpdate(key, 1, (_, before) => before + 1);
        }
    }

    private static async Task PatrolAsync(HttpClient client, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var answer = await Requests.RecordAsync(client, $"[{Requests.Fix("patrol", 0, TimeProvider.System.GetUtcNow())}]");
            Assert.Equal(1, answer.Received);
        }
    }

    private static async Task MoveAsync(HttpClient client, FeedScreen screen, DateTimeOffset at, int grid)
    {
        var answer = await Requests.RecordAsync(client, $"[{Requests.Fix("known", grid, at)},{Requests.Fix("known", grid, at.AddSeconds(1))}]");
        Assert.Equal(2, answer.Accepted);
        await screen.WaitAsync(p => p.Units["known"].Text(6) == SmallCity.Grids[grid]);
    }

    /// <summary>Bytes of memory that a process has.</summary>
    private static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmRSS:".Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
