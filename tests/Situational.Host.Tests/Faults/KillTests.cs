using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>SIGKILL to the real process in the middle of reports, steps of the loop and positions.</summary>
[Trait("Fault", "1")]
public sealed class KillTests
{
    private const int Callers = 4;
    private const int Walkers = 3;
    private const int MostAtOnceOpen = 3;

    [Theory]
    [InlineData(HostStore.Sqlite, 20)]
    [InlineData(HostStore.OnRedis, 5)]
    public async Task MixedLoad_ProcessKilledAtRandomMoments_EveryAcknowledgedReportAndStepIsThereOnce(string kind, int rounds)
    {
        await using var store = await HostStore.StartAsync(kind);
        await using var host = await store.StartHostAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var sent = new ConcurrentDictionary<string, int>();
        var random = new Random(20261122);
        var walkers = Enumerable.Range(0, Walkers).Select(w => new Walker($"w{w}")).ToArray();

        for (var round = 0; round < rounds; round++)
        {
            using var killed = new CancellationTokenSource();
            var before = acknowledged.Count;
            var callers = Enumerable.Range(0, Callers).Select(c => StreamAsync(client, $"r{round}c{c}", sent, acknowledged, killed.Token))
                .Concat(walkers.Select(w => w.WalkAsync(client, killed.Token)))
                .Append(PatrolAsync(client, killed.Token)).ToArray();
            // the moment: after a random number of acknowledgements and a random part of a commit
            var wait = random.Next(1, 60);
            await Eventually.HoldsAsync(() => Task.FromResult(acknowledged.Count >= before + wait), "no report was acknowledged");
            await Task.Delay(random.Next(0, 12));
            host.Kill();
            await killed.CancelAsync();
            await Task.WhenAll(callers);
            await host.RestartAsync();
            await CheckAsync(client, store, sent, acknowledged, walkers);
        }

        Assert.True(acknowledged.Count >= rounds);
        Assert.All(walkers, w => Assert.NotEmpty(w.Done));
        Assert.Contains(walkers, w => w.Done.Any(d => d.Value == Walk.Line.Count));
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key });
        var walked = walkers.SelectMany(w => w.Done).Where(d => d.Value == Walk.Line.Count).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        await screen.WaitAsync(p => p.Troubles.Count == 0 && acknowledged.Values.All(p.Cases.ContainsKey) && !walked.Any(p.Cases.ContainsKey));
        Assert.Equal(await OpenCasesAsync(client), screen.Look(p => p.Cases.Keys.Order(StringComparer.Ordinal).ToArray()));
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
            catch (Exception gone) when (IsGone(gone))
            {
                // the process is gone; the answer, if there was one, is lost
            }
        }
    }

    private static async Task CheckAsync(
        HttpClient client, HostStore store, ConcurrentDictionary<string, int> sent, ConcurrentDictionary<string, string> acknowledged, Walker[] walkers)
    {
        // searches of Redis follow its writes; those of the dead process follow once their grid was read
        if (store.IsRedis)
            await Eventually.TriedAsync(async () => (await CasePages.AllAsync(client)).Select(c => c.Id).ToHashSet(StringComparer.Ordinal).IsSupersetOf(acknowledged.Values));
        var cases = new Dictionary<string, string>();
        foreach (var found in await CasePages.AllAsync(client))
        {
            // each report's description is its key: a second case of one key would meet itself here
            Assert.True(cases.TryAdd(found.Description, found.Id), $"{found.Description} is there twice");
            Assert.True(sent.ContainsKey(found.Description) || walkers.Any(w => w.Sent.Contains(found.Description)));
        }
        foreach (var (key, id) in acknowledged)
            Assert.Equal(id, cases.GetValueOrDefault(key));
        // what was not acknowledged is absent or single, and sending it again finds or opens the same one
        foreach (var key in sent.Keys.Except(acknowledged.Keys).Take(MostAtOnceOpen * Callers).ToArray())
        {
            using var again = await Requests.PostReportAsync(client, key, Requests.Report(sent[key], key));
            if (cases.ContainsKey(key) || !store.IsRedis)
                Assert.Equal(cases.ContainsKey(key) ? HttpStatusCode.OK : HttpStatusCode.Created, again.StatusCode);
            var answer = await Requests.ReadAsync<CaseAnswer>(again);
            Assert.Equal(cases.GetValueOrDefault(key, answer.Id), answer.Id);
            acknowledged[key] = answer.Id;
        }
        foreach (var walker in walkers)
            await walker.CheckAsync(client);
    }

    private static async Task<string[]> OpenCasesAsync(HttpClient client) =>
        [.. (await CasePages.AllAsync(client)).Where(c => c.Stage != "closed").Select(c => c.Id).Order(StringComparer.Ordinal)];

    private static bool IsGone(Exception fault) => fault is HttpRequestException or IOException or SocketException;

    private static async Task PatrolAsync(HttpClient client, CancellationToken killed)
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
            try
            {
                using var answer = await Requests.PostPositionsAsync(client, $"[{Requests.Fix("patrol", i % 4, TimeProvider.System.GetUtcNow())}]");
            }
            catch (Exception gone) when (IsGone(gone))
            {
                // the process is gone
            }
    }

    /// <summary>Reports a case and takes it along the line, each step under a key, the same step again until its answer arrives.</summary>
    private sealed class Walker(string name)
    {
        private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);
        private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
        private string? _case;
        private int _number;
        private int _step;

        /// <summary>Steps acknowledged of each of its cases.</summary>
        public IReadOnlyDictionary<string, int> Done => _done;

        /// <summary>Descriptions of its reports.</summary>
        public IReadOnlySet<string> Sent => _sent;

        public async Task WalkAsync(HttpClient client, CancellationToken killed)
        {
            while (!killed.IsCancellationRequested)
                try
                {
                    await OnAsync(client);
                }
                catch (Exception gone) when (IsGone(gone))
                {
                    // the process is gone; the same request is sent again
                }
        }

        /// <summary>Every acknowledged step stands in the case's history once, and none but the next may stand there unacknowledged.</summary>
        public async Task CheckAsync(HttpClient client)
        {
            foreach (var (id, done) in _done)
            {
                var steps = (await Walk.HistoryAsync(client, id)).Select(e => e.What).Where(what => Walk.Line.Any(l => l.Step == what)).ToArray();
                Assert.Equal(Walk.Line.Select(l => l.Step).Take(steps.Length), steps);
                Assert.InRange(steps.Length, done, id == _case ? done + 1 : done);
            }
        }

        private async Task OnAsync(HttpClient client)
        {
            if (_case is null)
            {
                var key = $"{name}-{_number}";
                _sent.Add(key);
                using var opened = await Requests.PostReportAsync(client, key, Requests.Report(_number % 4, key));
                if (!opened.IsSuccessStatusCode)
                    return;
                _case = (await Requests.ReadAsync<CaseAnswer>(opened)).Id;
                _step = 0;
                _done[_case] = 0;
                return;
            }
            var (step, body) = Walk.Line[_step];
            using var answer = await Walk.StepAsync(client, _case, step, body, $"{_case}-{step}");
            if (!answer.IsSuccessStatusCode)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                return;
            }
            _done[_case] = ++_step;
            if (_step < Walk.Line.Count)
                return;
            _case = null;
            _number++;
        }
    }
}
