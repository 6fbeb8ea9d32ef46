using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>The real host on a real Redis that goes and comes, stops and loses.</summary>
public sealed class RedisTests
{
    [Trait("Fault", "4")]
    [Fact]
    public async Task Fault4_RedisAway_ReportsAreRefusedPositionsGoOnAndItEndsByItself()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis);
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();
        await Requests.RecordAsync(client, $"[{Requests.Fix("known", 0, now)}]");
        using (var opened = await Requests.PostReportAsync(client, Requests.NewKey(), Requests.Report(1)))
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Units.ContainsKey("known") && p.Troubles.Count == 0);
        var key = Requests.NewKey();

        foreach (var kill in new[] { false, true })
        {
            if (kill)
                redis.Kill();
            else
                redis.Pause();
            using (var refused = await Requests.PostReportAsync(client, key, Requests.Report(0)))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.NotNull(refused.Headers.RetryAfter);
                await Requests.ProblemAsync(refused);
            }
            await screen.WaitAsync(p => p.Troubles.Any(t => t.StartsWith("store-away", StringComparison.Ordinal)));
            var later = now.AddSeconds(kill ? 20 : 5);
            var answer = await Requests.RecordAsync(
                client, $"[{Requests.Fix("known", 3, later)},{Requests.Fix("known", 3, later.AddSeconds(1))}]");
            Assert.Equal((2, 2), (answer.Received, answer.Accepted));
            await screen.WaitAsync(p => p.Units["known"].Text(6) == SmallCity.Grids[3]);
            if (kill)
                await redis.RestartAsync();
            else
                redis.Continue();
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var again = await Requests.PostReportAsync(client, key, Requests.Report(0));
                    return again.IsSuccessStatusCode;
                },
                "reports are still refused");
            await screen.WaitAsync(p => p.Troubles.Count == 0);
        }
        Assert.Equal(2, (await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases")).Cases.Count);
        await screen.WaitAsync(p => p.Cases.Count == 2);
    }

    [Trait("Fault", "5")]
    [Fact]
    public async Task Fault5_RedisThatLostItsLastSecond_QuietGridsNoticeToo_ItIsSaidAndTheyGoOn()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { AppendFsync = "everysec" });
        await using var host = await StartAsync(redis);
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        for (var grid = 0; grid < 2; grid++)
            await ReportAsync(client, grid);
        await redis.WrittenAsync();
        var kept = await File.ReadAllBytesAsync(redis.AppendOnlyFile);
        for (var grid = 0; grid < 2; grid++)
            await ReportAsync(client, grid);
        await screen.WaitAsync(p => p.Cases.Count == 4);

        redis.Kill();
        await File.WriteAllBytesAsync(redis.AppendOnlyFile, kept);
        await redis.RestartAsync();

        // Nobody writes to either grid: the city's round finds out.
        await screen.WaitAsync(p => p.Troubles.Contains("history-lost 2") && p.Cases.Count == 2, TimeSpan.FromSeconds(90));
        await Eventually.HoldsAsync(
            async () =>
            {
                using var next = await Requests.PostReportAsync(client, Requests.NewKey(), Requests.Report(0));
                return next.IsSuccessStatusCode;
            },
            "reports are still refused");
        Assert.Contains(host.Output.Concat(host.Errors), l => l.Contains("the store has lost history", StringComparison.Ordinal));
        var cases = (await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases")).Cases;
        Assert.Equal(cases.Count, cases.Select(c => c.Id).Distinct().Count());
        await screen.WaitAsync(p => p.Troubles.SequenceEqual(["history-lost 2"]) && p.Cases.Count == cases.Count);
    }

    [Fact]
    public async Task Start_WithoutRedis_IsRefusedInOneLine()
    {
        var folder = Directory.CreateTempSubdirectory("situational-");
        try
        {
            string address;
            await using (var redis = await RedisServer.StartAsync())
                address = redis.Address;
            var exit = await HostProcess.RunToExitAsync(
                ["--urls", "http://127.0.0.1:0", "--data", folder.FullName, "--Situational:Storage:Kind=redis",
                 $"--Situational:Storage:Redis:Address={address}", "--Situational:Storage:Redis:StartSeconds=1"]);
            Assert.Equal(3, exit.Code);
            Assert.Contains($"situational: the Redis at {address} does not answer", exit.Errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<HostProcess> StartAsync(RedisServer redis) => HostProcess.StartAsync(new HostProcessOptions
    {
        Arguments =
        [
            "--Situational:Storage:Kind=redis", $"--Situational:Storage:Redis:Address={redis.Address}", "--Situational:Storage:Redis:AnswerSeconds=2",
        ],
    });

    private static async Task ReportAsync(HttpClient client, int grid = 0)
    {
        using var answer = await Requests.PostReportAsync(client, Requests.NewKey(), Requests.Report(grid));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
