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
    public async Task Put_InThePlaceOfTheVersionInForce_ReplacesItWithoutARestart()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = host.CreateClient();
        using var first = await PutAsync(client, SmallCity.GeoJson());
        using var outdated = await PutAsync(client, SmallCity.GeoJson("别的城"), "\"7\"");
        using var malformed = await PutAsync(client, SmallCity.GeoJson("别的城"), "\"x\"");
        using var otherCity = await PutAsync(client, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SmallCity.GeoJson()).Replace($"\"{SmallCity.City}\"", "\"120000\"", StringComparison.Ordinal)), "\"1\"");
        using var second = await PutAsync(client, SmallCity.GeoJson("别的城"), "\"1\"");
        using var again = await PutAsync(client, SmallCity.GeoJson("别的城"), "\"1\"");

        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created, HttpStatusCode.OK),
            (outdated.StatusCode, malformed.StatusCode, otherCity.StatusCode, second.StatusCode, again.StatusCode));
        Assert.Equal(1, (await Requests.ProblemAsync(outdated)).GetProperty("version").GetInt32());
        Assert.NotEmpty(await Requests.FieldErrorAsync(malformed, "If-Match"));
        Assert.Equal(2, (await Requests.ReadAsync<TerritoryAnswer>(second)).Version);
        var newest = await client.GetStringAsync("api/v1/territory");
        var old = await client.GetStringAsync("api/v1/territory?version=1");
        Assert.Contains("别的城", newest, StringComparison.Ordinal);
        Assert.DoesNotContain("别的城", old, StringComparison.Ordinal);
        using var unknown = await client.GetAsync("api/v1/territory?version=3");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var versions = await Requests.GetAsync<TerritoryVersionsAnswer>(client, "api/v1/territory/versions");
        Assert.Equal([1, 2], versions.Versions.Select(v => v.Version));
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

    [Trait("Fault", "Bad input: geometry")]
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

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, byte[] body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/v1/territory") { Content = Requests.Body(body, "application/geo+json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }
}
