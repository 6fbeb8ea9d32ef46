using System.Net;
using System.Text;
using System.Text.Json;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class TerritoryApiTests(HostFixture shared)
{
    [Fact]
    public async Task Put_FirstSameAndAnother_Are201And200And409AndTheFirstStaysAfterARestart()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        using var none = await client.GetAsync("api/v1/territory");
        using var first = await PutAsync(client, SmallCity.GeoJson());
        using var same = await PutAsync(client, SmallCity.GeoJson());
        using var another = await PutAsync(client, SmallCity.GeoJson("别的城"));
        await host.RestartAsync();
        using var afterwards = await PutAsync(client, SmallCity.GeoJson());

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK),
            (none.StatusCode, first.StatusCode, same.StatusCode, another.StatusCode, afterwards.StatusCode));
        var answer = await Requests.ReadAsync<TerritoryAnswer>(first);
        Assert.Equal((1, SmallCity.City, 5, 4), (answer.Version, answer.City, answer.Areas, answer.Grids));
        Assert.Equal(1, (await Requests.ProblemAsync(another)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Get_Territory_CarriesItsVersionAndAnETagThatSavesTheBody()
    {
        using var whole = await shared.Client.GetAsync("api/v1/territory");
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/territory");
        request.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        using var unchanged = await shared.Client.SendAsync(request);

        Assert.Equal("1", Assert.Single(whole.Headers.GetValues("X-Territory-Version")));
        Assert.False(whole.Headers.ETag!.IsWeak);
        Assert.Equal("application/geo+json", whole.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await whole.Content.ReadAsStringAsync());
        Assert.Equal(5, json.RootElement.GetProperty("features").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Put_FileWithFaults_Is422NamingTheFeature()
    {
        var broken = Encoding.UTF8.GetString(SmallCity.GeoJson()).Replace("\"code\":\"110000001001002\"", "\"code\":\"110000001001001\"", StringComparison.Ordinal);

        using var answer = await PutAsync(shared.Client, Encoding.UTF8.GetBytes(broken));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await Requests.ProblemAsync(answer);
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty("features[2]")[0].GetString()!);
        Assert.Contains("duplicate-code", problem.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Put_NoFeatureCollection_Is422(string body)
    {
        using var answer = await PutAsync(shared.Client, Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, "body"));
    }

    [Fact]
    public async Task Put_BoundaryWithALattice_IsCutIntoSquares()
    {
        // About 963 m by 1,113 m at 30 degrees north.
        var boundary = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"b"},"geometry":{"type":"Polygon",
            "coordinates":[[[120,30],[120.01,30],[120.01,30.01],[120,30.01],[120,30]]]}}]}
            """u8.ToArray();
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();

        using var tooFine = await client.PutAsync("api/v1/territory?lattice=1", Requests.Body(boundary, "application/geo+json"));
        using var cut = await client.PutAsync("api/v1/territory?lattice=250&city=新城&county=110000", Requests.Body(boundary, "application/geo+json"));

        Assert.Equal(HttpStatusCode.BadRequest, tooFine.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(tooFine, "lattice"));
        Assert.Equal(HttpStatusCode.Created, cut.StatusCode);
        var answer = await Requests.ReadAsync<TerritoryAnswer>(cut);
        Assert.Equal(("110000", 4 * 5), (answer.City, answer.Grids));
    }

    [Fact]
    public async Task Put_OtherTypeOrParameter_IsRefused()
    {
        using var text = await shared.Client.PutAsync("api/v1/territory", Requests.Body(SmallCity.GeoJson(), "text/plain"));
        using var parameter = await shared.Client.PutAsync("api/v1/territory?names=perhaps", Requests.Body(SmallCity.GeoJson(), "application/geo+json"));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.BadRequest), (text.StatusCode, parameter.StatusCode));
        Assert.NotEmpty(await Requests.FieldErrorAsync(parameter, "names"));
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, byte[] body) =>
        client.PutAsync("api/v1/territory", Requests.Body(body, "application/geo+json"));
}
