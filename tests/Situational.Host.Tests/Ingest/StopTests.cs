using System.Collections.Concurrent;
using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Ingest;

/// <summary>SIGTERM to the real process.</summary>
[Trait("Fault", "17")]
public sealed class StopTests
{
    [Fact]
    public async Task Stop_WithScreensWatchingAndReportsUnderWay_EndsCleanlyAndLosesNothingAcknowledged()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        await Requests.PutCityAsync(client);
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions { Server = host.BaseAddress, Key = host.Key, Reconnect = false });
        var acknowledged = new ConcurrentBag<string>();
        using var stopped = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(c => StreamAsync(client, c, acknowledged, stopped.Token)).ToArray();
        await Eventually.HoldsAsync(() => Task.FromResult(acknowledged.Count >= 20), "no report was acknowledged");

        var code = await host.StopAsync();
        await stopped.CancelAsync();
        await Task.WhenAll(callers);

        Assert.Equal(0, code);
        await screen.EndAsync();
        await host.RestartAsync();
        foreach (var id in acknowledged)
            Assert.Equal(id, (await Requests.GetAsync<CaseAnswer>(client, "api/v1/cases/" + id)).Id);
    }

    private static async Task StreamAsync(HttpClient client, int caller, ConcurrentBag<string> acknowledged, CancellationToken stopped)
    {
        for (var i = 0; !stopped.IsCancellationRequested; i++)
        {
            try
            {
                using var answer = await Requests.PostReportAsync(client, $"c{caller}-{i}", Requests.Report(i % 4));
                if (answer.StatusCode == HttpStatusCode.Created)
                    acknowledged.Add((await Requests.ReadAsync<CaseAnswer>(answer)).Id);
                else
                    // refused while stopping; never anything that looks like an acknowledgement
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                // the server no longer listens
            }
            catch (IOException)
            {
                // the server closed the connection
            }
        }
    }
}
