using System.Net;
using Microsoft.Data.Sqlite;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Ingest;

/// <summary>The store cannot be written, because somebody else holds the database.</summary>
[Trait("Fault", "3")]
public sealed class StoreAwayTests
{
    [Fact]
    public async Task Reports_DatabaseLocked_AreRefusedAndTheRestGoesOnUntilItIsFree()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Arguments = ["--Situational:Storage:BusySeconds=1"] });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();
        await Requests.RecordAsync(client, $"[{Requests.Fix("known", 0, now)}]");
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Units.ContainsKey("known") && p.Troubles.Count == 0);
        var key = Requests.NewKey();

        await using (var locked = await LockAsync(host))
        {
            using (var refused = await Requests.PostReportAsync(client, key, Requests.Report(0)))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.NotNull(refused.Headers.RetryAfter);
                await Requests.ProblemAsync(refused);
            }
            await screen.WaitAsync(p => p.Troubles.Any(t => t.StartsWith("store-away", StringComparison.Ordinal)));
            var health = await Requests.GetAsync<HealthAnswer>(client, "health");
            Assert.Equal("degraded", health.Status);
            Assert.Contains("store-away", health.Trouble);

            var answer = await Requests.RecordAsync(
                client, $"[{Requests.Fix("known", 3, now.AddSeconds(5))},{Requests.Fix("new", 1, now)},{Requests.Fix("known", 3, now.AddSeconds(6))}]");
            Assert.Equal((3, 2, 1), (answer.Received, answer.Accepted, answer.Refused));
            var reason = Assert.Single(answer.Reasons);
            Assert.Equal((1, "new", "enrolment-unavailable"), (reason.Index, reason.Unit, reason.Reason));
            await screen.WaitAsync(p => p.Units["known"].Text(6) == SmallCity.Grids[3]);
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await Requests.PostReportAsync(client, key, Requests.Report(0));
                return again.StatusCode == HttpStatusCode.Created;
            },
            "reports are still refused");
        Assert.Single((await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases")).Cases);
        await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Cases.Count == 1);
    }

    [Fact]
    public async Task StepsPhotosAndTheAudit_DatabaseLocked_AreRefusedAndTakenOnceItIsFree()
    {
        await using var host = await HostProcess.StartAsync(
            new HostProcessOptions { Arguments = ["--Situational:Storage:BusySeconds=1", "--Situational:Storage:AnswerSeconds=2"] });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var opened = await Requests.OpenCaseAsync(client, 0);
        var key = Requests.NewKey();

        await using (var locked = await LockAsync(host))
            foreach (var sendAsync in new Func<Task<HttpResponseMessage>>[]
            {
                () => Requests.StepAsync(client, opened.Id, "accept", key: key, ifMatch: "\"1\""),
                () => client.PostAsync("api/v1/photos", Requests.Body([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg")),
            })
            {
                using var refused = await sendAsync();
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.NotNull(refused.Headers.RetryAfter);
                await Requests.ProblemAsync(refused);
            }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await Requests.StepAsync(client, opened.Id, "accept", key: key, ifMatch: "\"1\"");
                return again.StatusCode == HttpStatusCode.OK;
            },
            "steps are still refused");
        using var once = await Requests.StepAsync(client, opened.Id, "accept", key: key, ifMatch: "\"1\"");
        Assert.Equal((HttpStatusCode.OK, 2), (once.StatusCode, (await Requests.ReadAsync<CaseAnswer>(once)).Revision));
        var audit = await Requests.GetAsync<AuditAnswer>(client, "api/v1/audit?target=" + opened.Id);
        Assert.Equal(["case.accept", "report"], audit.Entries.Select(e => e.What));
    }

    [Fact]
    public async Task StoreAway_InACityWhereNothingElseHappens_EndsByItself()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Arguments = ["--Situational:Storage:BusySeconds=1"] });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Troubles.Count == 0);
        await using (var locked = await LockAsync(host))
        {
            using var refused = await Requests.PostReportAsync(client, Requests.NewKey(), Requests.Report(0));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            await screen.WaitAsync(p => p.Troubles.Any(t => t.StartsWith("store-away", StringComparison.Ordinal)));
        }

        await screen.WaitAsync(p => p.Troubles.Count == 0);
        var health = await Requests.GetAsync<HealthAnswer>(client, "health");
        Assert.DoesNotContain("store-away", health.Trouble);
    }

    /// <summary>A writer that waits a minute for the lock is a disk that hangs: nothing fails, nothing comes back.</summary>
    [Fact]
    public async Task Report_StoreHangs_IsRefusedAndTheScreensAreTold()
    {
        await using var host = await HostProcess.StartAsync(
            new HostProcessOptions { Arguments = ["--Situational:Storage:BusySeconds=60", "--Situational:Storage:AnswerSeconds=1"] });
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => p.Troubles.Count == 0);
        var key = Requests.NewKey();

        await using (var locked = await LockAsync(host))
        {
            using (var late = await Requests.PostReportAsync(client, key, Requests.Report(0)))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
                Assert.NotNull(late.Headers.RetryAfter);
                await Requests.ProblemAsync(late);
            }
            await screen.WaitAsync(p => p.Troubles.Any(t => t.StartsWith("store-away", StringComparison.Ordinal)));
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await Requests.PostReportAsync(client, key, Requests.Report(0));
                return again.IsSuccessStatusCode;
            },
            "reports are still refused");
        Assert.Single((await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases")).Cases);
        await screen.WaitAsync(p => p.Troubles.Count == 0 && p.Cases.Count == 1);
    }

    private static async Task<SqliteConnection> LockAsync(HostProcess host)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(host.DataFolder, "situational.db"),
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
