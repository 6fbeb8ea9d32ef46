using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>The store of a real host has no room: the disk of its file is full, or Redis is at its memory limit.</summary>
[Trait("Fault", "3")]
[Trait("Fault", "S13")]
public sealed class StoreFullTests
{
    [Fact]
    public async Task Disk_IsFull_ReportsAreRefusedAndTakenOnceThereIsRoom()
    {
        var folder = Directory.CreateTempSubdirectory("situational-full-");
        try
        {
            using var disk = SmallDisk.Mount(folder.FullName, 16, Assert.Skip);
            await using var host = await HostProcess.StartAsync(new HostProcessOptions { DataFolder = folder.FullName });
            await FillAndEmptyAsync(
                host,
                () => Task.FromResult(disk.Fill()),
                filling =>
                {
                    File.Delete(filling);
                    return Task.CompletedTask;
                });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Redis_AtItsMemoryLimit_ReportsAreRefusedAndTakenOnceThereIsRoom()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Arguments = ["--Situational:Storage:Kind=redis", $"--Situational:Storage:Redis:Address={redis.Address}", "--Situational:Storage:Redis:AnswerSeconds=2"],
        });
        await FillAndEmptyAsync(
            host,
            async () =>
            {
                await redis.SetMaxMemoryAsync(1);
                return redis;
            },
            full => full.SetMaxMemoryAsync(0));
    }

    private static async Task FillAndEmptyAsync<T>(HostProcess host, Func<Task<T>> fillAsync, Func<T, Task> emptyAsync)
    {
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();
        await Requests.RecordAsync(client, $"[{Requests.Fix("known", 0, now)}]");
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Units.ContainsKey("known") && p.Troubles.Count == 0);
        var acknowledged = new Dictionary<string, string>();

        var filled = await fillAsync();
        // what the store had room for before it was full may still be taken
        string refused;
        for (var i = 0; ; i++)
        {
            var key = $"full-{i}";
            using var answer = await Requests.PostReportAsync(client, key, Requests.Report(0, key + new string('x', 900)));
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                acknowledged[key] = (await Requests.ReadAsync<CaseAnswer>(answer)).Id;
                Assert.True(i < 5_000, "The store never was full.");
                continue;
            }
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.DoesNotContain(host.DataFolder, (await Requests.ProblemAsync(answer)).ToString(), StringComparison.Ordinal);
            refused = key;
            break;
        }
        await screen.WaitAsync(p => p.Troubles.Any(t => t.StartsWith("store-away", StringComparison.Ordinal)));
        var moved = await Requests.RecordAsync(client, $"[{Requests.Fix("known", 3, now.AddSeconds(5))},{Requests.Fix("known", 3, now.AddSeconds(6))}]");
        Assert.Equal(2, moved.Accepted);
        await screen.WaitAsync(p => p.Units["known"].Text(6) == SmallCity.Grids[3]);

        await emptyAsync(filled);
        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await Requests.PostReportAsync(client, refused, Requests.Report(0, refused + new string('x', 900)));
                if (again.IsSuccessStatusCode)
                    acknowledged[refused] = (await Requests.ReadAsync<CaseAnswer>(again)).Id;
                return again.IsSuccessStatusCode;
            },
            "reports are still refused");
        await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Cases.Count == acknowledged.Count);
        await host.RestartAsync();
        await Eventually.TriedAsync(async () => (await CasePages.AllAsync(client)).Count == acknowledged.Count);
        Assert.Equal(acknowledged.Values.Order(StringComparer.Ordinal), (await CasePages.AllAsync(client)).Select(c => c.Id).Order(StringComparer.Ordinal));
    }
}
