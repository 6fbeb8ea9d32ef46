using System.Net;
using System.Net.Sockets;
using System.Text;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Ingest;

/// <summary>A host with limits so tight that tests can reach them.</summary>
public sealed class IngestLimitsTests : IAsyncLifetime
{
    private HostProcess? _host;
    private HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Arguments =
            [
                "--Situational:Ingest:MaxUnits=2", "--Situational:Ingest:MaxPositionRequests=1", "--Situational:Ingest:MaxReportRequests=1",
                "--Situational:Ingest:BodySeconds=2", "--Situational:Ingest:MaxPhotoRequests=1", "--Situational:Ingest:PhotoSeconds=2",
            ],
        });
        _client = _host.CreateClient();
        await Requests.PutCityAsync(_client);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Positions_MoreUnitsThanTheBound_AreRefusedAlsoAfterARestart()
    {
        var now = TimeProvider.System.GetUtcNow();
        var body = "[" + string.Join(',', Enumerable.Range(0, 4).Select(i => Requests.Fix("u" + i, 0, now))) + "]";

        var first = await Requests.RecordAsync(_client!, body);
        await _host!.RestartAsync();
        var second = await Requests.RecordAsync(_client!, body);

        Assert.All([first, second], a => Assert.Equal([("u2", "too-many-units"), ("u3", "too-many-units")], a.Reasons.Select(r => (r.Unit!, r.Reason))));
        Assert.Equal((2, 2), (first.Accepted, second.Accepted));
    }

    [Trait("Fault", "Bad input: JSON")]
    [Trait("Fault", "S6")]
    [Theory]
    [InlineData("positions", "")]
    [InlineData("reports", "Idempotency-Key: slow\r\n")]
    [InlineData("cases/110000001001001-1/accept", "")]
    [InlineData("photos", "")]
    public async Task SlowBody_HoldsItsPlaceAndIsCutOff(string door, string header)
    {
        using var slow = new TcpClient();
        await slow.ConnectAsync(_host!.BaseAddress.Host, _host.BaseAddress.Port);
        var stream = slow.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/{door} HTTP/1.1\r\nHost: {_host.BaseAddress.Authority}\r\nAuthorization: Bearer {_host.Key}\r\n{header}Content-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
        // the server asks for the body once the request has its place
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());

        using (var other = await PostAsync(door))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, other.StatusCode);
            Assert.NotNull(other.Headers.RetryAfter);
        }

        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync());
        // and then its place is free again
        await Eventually.HoldsAsync(
            async () =>
            {
                using var other = await PostAsync(door);
                return other.StatusCode != HttpStatusCode.ServiceUnavailable;
            },
            "the place was not given back");
    }

    private Task<HttpResponseMessage> PostAsync(string door) => door switch
    {
        "positions" => Requests.PostPositionsAsync(_client!, "[]"),
        "reports" => Requests.PostReportAsync(_client!, Requests.NewKey(), "[]"),
        _ => _client!.PostAsync("api/v1/" + door, Requests.Body("[]"u8.ToArray(), "application/json")),
    };
}
