using System.Collections.Concurrent;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Ingest;

/// <summary>SIGKILL to the real process in the middle of a stream of reports.</summary>
public sealed class KillTests
{
    private const int Rounds = 12;
    private const int Callers = 6;
    private const int MostAtOnceOpen = 3;

    [Fact]
    public async Task Reports_ProcessKilledAtRandomMoments_EveryAcknowledgedOneIsThereOnce()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var sent = new ConcurrentDictionary<string, int>();
        var random = new Random(20261122);

        for (var round = 0; round < Rounds; round++)
        {
            using var killed = new CancellationTokenSource();
            var before = acknowledged.Count;
            var callers = Enumerable.Range(0, Callers).Select(c => StreamAsync(client, $"r{round}c{c}", sent, acknowledged, killed.Token)).ToArray();
            // the moment: after a random number of acknowledgements and a random part of a commit
            var wait = random.Next(1, 60);
            await Eventually.HoldsAsync(() => Task.FromResult(acknowledged.Count >= before + wait), "no report was acknowledged");
            await Task.Delay(random.Next(0, 12));
            host.Kill();
            await killed.CancelAsync();
            await Task.WhenAll(callers);
            await host.RestartAsync();
            await CheckAsync(client, sent, acknowledged);
        }

        Assert.True(acknowledged.Count >= Rounds);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        await screen.WaitAsync(p => acknowledged.Values.All(p.Cases.ContainsKey));
        Assert.Equal(await CasesAsync(client), screen.Look(p => p.Cases.Keys.Order(StringComparer.Ordinal).ToArray()));
        Assert.Empty(screen.Look(p => p.Breaches));
    }

    private static async Task StreamAsync(
        HttpClient client, string caller, ConcurrentDictionary<string, int> sent, ConcurrentDictionary<string, string> acknowledged, CancellationToken killed)
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
        {
            var key = $"{caller}-{i}";
            var grid = i % SmallCity.Grids.Length;
            sent[key] = grid;
            try
            {
                using var answer = await Requests.PostReportAsync(client, key, Requests.Report(grid, key));
                if (answer.StatusCode == HttpStatusCode.Created)
                    acknowledged[key] = (await Requests.ReadAsync<CaseAnswer>(answer)).Id;
            }
            catch (HttpRequestException)
            {
                // the process is gone; the answer, if there was one, is lost
            }
            catch (IOException)
            {
                // the process went away within the answer
            }
        }
    }

    private static async Task CheckAsync(HttpClient client, ConcurrentDictionary<string, int> sent, ConcurrentDictionary<string, string> acknowledged)
    {
        var cases = new Dictionary<string, string>();
        foreach (var found in await PagesAsync(client))
        {
            // each report's description is its key: a second case of one key would meet itself here
            Assert.True(cases.TryAdd(found.Description, found.Id), $"{found.Description} is there twice");
            Assert.True(sent.ContainsKey(found.Description));
        }
        foreach (var (key, id) in acknowledged)
            Assert.Equal(id, cases.GetValueOrDefault(key));
        // what was not acknowledged is absent or single, and sending it again finds or opens the same one
        foreach (var key in sent.Keys.Except(acknowledged.Keys).Take(MostAtOnceOpen * Callers).ToArray())
        {
            using var again = await Requests.PostReportAsync(client, key, Requests.Report(sent[key], key));
            Assert.Equal(cases.ContainsKey(key) ? HttpStatusCode.OK : HttpStatusCode.Created, again.StatusCode);
            var answer = await Requests.ReadAsync<CaseAnswer>(again);
            Assert.Equal(cases.GetValueOrDefault(key, answer.Id), answer.Id);
            acknowledged[key] = answer.Id;
        }
    }

    private static async Task<string[]> CasesAsync(HttpClient client) =>
        [.. (await PagesAsync(client)).Select(c => c.Id).Order(StringComparer.Ordinal)];

    private static async Task<List<CaseAnswer>> PagesAsync(HttpClient client)
    {
        var all = new List<CaseAnswer>();
        string? cursor = null;
        do
        {
            var page = await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases?limit=1000" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            all.AddRange(page.Cases);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
