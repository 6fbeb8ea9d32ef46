using Microsoft.Data.Sqlite;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Ingest;

/// <summary>A host whose squads may have two units each.</summary>
public sealed class SquadBoundTests
{
    [Fact]
    public async Task Positions_MoreUnitsThanTheSquadMayHave_AreRefusedWithReasonAndNotEnrolled()
    {
        await using var host = await StartAsync("--Situational:Patrols:MaxUnitsPerSquad=2");
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();
        var body = "[" + string.Join(',', Enumerable.Range(0, 4).Select(i => Requests.Fix("u" + i, 0, now, ",\"squad\":\"alpha\""))) + "]";

        var first = await Requests.RecordAsync(client, body);
        await host.RestartAsync();
        var second = await Requests.RecordAsync(client, body);

        Assert.All([first, second], a =>
        {
            Assert.Equal((4, 2, 2), (a.Received, a.Accepted, a.Refused));
            Assert.Equal([(2, "u2", "squad-full"), (3, "u3", "squad-full")], a.Reasons.Select(r => (r.Index, r.Unit!, r.Reason)));
        });
        var elsewhere = await Requests.RecordAsync(client, $"[{Requests.Fix("u2", 0, now, ",\"squad\":\"beta\"")}]");
        Assert.Equal((1, 0), (elsewhere.Accepted, elsewhere.Refused));
    }

    [Fact]
    public async Task Positions_SquadThatHasMoreThanItMay_AreCountedAsRefused()
    {
        await using var host = await StartAsync("--Situational:Patrols:MaxUnitsPerSquad=2");
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();
        // the squad keeps the units whose fixes it has, while the database gets a third that was enrolled under another bound
        await Requests.RecordAsync(client, $"[{Requests.Fix("a", 0, now)},{Requests.Fix("b", 0, now)}]");
        await host.StopAsync();
        await EnrolAsync(host, "c", "unassigned");
        await host.RestartAsync();

        var answer = await Requests.RecordAsync(client, $"[{Requests.Fix("a", 0, now.AddSeconds(1))},{Requests.Fix("b", 0, now.AddSeconds(1))},{Requests.Fix("c", 0, now)}]");

        Assert.Equal((3, 2, 1), (answer.Received, answer.Accepted, answer.Refused));
    }

    [Fact]
    public async Task Positions_NewUnitsInManyRequestsAtOnce_StayWithinTheBound()
    {
        await using var host = await StartAsync("--Situational:Ingest:MaxUnits=3");
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var now = TimeProvider.System.GetUtcNow();

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Requests.RecordAsync(client, $"[{Requests.Fix("u" + i, 0, now)}]")));

        Assert.Equal(3, answers.Sum(a => a.Accepted));
        Assert.Equal(21, answers.Sum(a => a.Refused));
        Assert.All(answers.SelectMany(a => a.Reasons), r => Assert.Equal("too-many-units", r.Reason));
    }

    private static async Task EnrolAsync(HostProcess host, string unit, string squad)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(host.DataFolder, "situational.db"),
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO units (unit, squad) VALUES ($unit, $squad)";
        insert.Parameters.AddWithValue("$unit", unit);
        insert.Parameters.AddWithValue("$squad", squad);
        await insert.ExecuteNonQueryAsync();
    }

    private static Task<HostProcess> StartAsync(params string[] arguments) =>
        HostProcess.StartAsync(new HostProcessOptions { Arguments = arguments });
}
