using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Situational.Host.Feed;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Identity;

/// <summary>Who may call what. A new route fails until it has a row here.</summary>
[Collection(SharedHost.Name)]
public sealed class RouteTests(HostFixture shared)
{
    private const string Anybody = "anybody", Page = "page", Read = "read", Write = "write", Act = "act", Me = "me", Leave = "leave", Desk = "desk", Hub = "hub";

    private static readonly (string Method, string Route, string Who)[] Rows =
    [
        ("GET", "/health", Anybody),
        ("GET", "/wall", Page),
        ("GET", "/duty", Desk),
        ("GET", "/duty/handover", Desk),
        ("GET", "/patrol", Desk),
        ("POST", "/api/v1/positions", Write),
        ("POST", "/api/v1/reports", Act),
        ("GET", "/api/v1/cases", Read),
        ("GET", "/api/v1/cases/{id}", Read),
        ("GET", "/api/v1/cases/{id}/history", Read),
        ("GET", "/api/v1/cases.csv", Read),
        ("GET", "/api/v1/cases.geojson", Read),
        ("POST", "/api/v1/cases/{id}/{step}", Act),
        ("GET", "/api/v1/steps", Read),
        ("POST", "/api/v1/alerts/acknowledge", Act),
        ("GET", "/api/v1/alerts/acknowledged", Act),
        ("GET", "/api/v1/categories", Read),
        ("GET", "/api/v1/departments", Read),
        ("GET", "/api/v1/whistle-kinds", Read),
        ("GET", "/api/v1/rating-kinds", Read),
        ("GET", "/api/v1/calendar", Read),
        ("POST", "/api/v1/photos", Act),
        ("GET", "/api/v1/photos/{id}", Read),
        ("GET", "/api/v1/audit", Write),
        ("POST", "/api/v1/passes", Write),
        ("GET", "/api/v1/me", Me),
        ("DELETE", "/api/v1/me", Leave),
        ("GET", "/api/v1/territory", Read),
        ("PUT", "/api/v1/territory", Write),
        ("GET", "/api/v1/territory/versions", Read),
        ("GET", "/api/v1/areas/{code}", Read),
        ("GET", "/api/v1/grids/{code}", Read),
        ("GET", "/api/v1/units", Read),
        ("GET", "/api/v1/units/nearest", Act),
        ("GET", "/api/v1/units/{id}/trail", Act),
        ("POST", "/api/v1/units/{id}/duty", Act),
        ("POST", "/api/v1/units/{id}/sos", Act),
        ("POST", "/api/v1/units/{id}/sos/answer", Act),
        ("GET", "/api/v1/squads", Act),
        ("GET", "/api/v1/squads/{id}", Act),
        ("GET", "/api/v1/kpi", Read),
        ("GET", "/api/v1/kpi/ranking", Read),
        ("GET", "/api/v1/trend", Read),
        ("GET", "/api/v1/coverage", Read),
        ("GET", "/api/v1/coverage/{grid}", Read),
        ("GET", "/api/v1/history", Read),
        ("GET", "/api/v1/history/play", Read),
        ("GET", "/api/v1/history/marks", Read),
        ("GET", "/api/v1/shift", Read),
        ("GET", "/openapi/{documentName}.json", Read),
        ("*", "/hubs/situation/negotiate", Hub),
        ("*", "/hubs/situation", Hub),
    ];

    public static TheoryData<string, string, string> Routes => [.. Rows.Select(r => (r.Method, r.Route, r.Who))];

    [Trait("Fault", "S1")]
    [Fact]
    public async Task EveryRoute_HasARowThatSaysWhoMayCallIt()
    {
        var data = Directory.CreateTempSubdirectory("situational-");
        try
        {
            await using var factory = new WebApplicationFactory<ILiveCity>().WithWebHostBuilder(host =>
            {
                host.UseEnvironment("Production");
                host.UseSetting("urls", "http://127.0.0.1:0");
                host.UseSetting("Situational:Data", data.FullName);
            });
            var routes = factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["*"])
                    .Where(m => m != "OPTIONS")
                    .Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"));

            Assert.Equal(Rows.Select(r => $"{r.Method} {r.Route}").Order(), routes.Distinct().Order());
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Trait("Fault", "S1")]
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithoutOrWithTheWrongIdentity_IsClosed(string method, string route, string who)
    {
        using var stranger = shared.Host.CreateClient(withKey: false);
        var tickets = WallTickets.Foreign();
        var desk = (await Desks.CookieAsync(shared.Host, "o-1")).Split('=')[1];
        (string? Header, string? Value, string Query)[] identities =
        [
            (null, null, ""),
            ("Authorization", "Bearer wrong", ""),
            ("Authorization", "Bearer", ""),
            ("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("a:" + shared.Host.Key)), ""),
            ("Authorization", "Bearer " + shared.Host.Key[..^1], ""),
            ("Cookie", "situational.wall=" + tickets, ""),
            (null, null, "?access_token=" + tickets),
            (null, null, "?access_token=" + Uri.EscapeDataString(WallTickets.Expired(shared.Host))),
            (null, null, "?access_token=" + shared.Host.Key),
            (null, null, "?ticket=" + tickets),
            ("Cookie", "situational.desk=" + Desks.Foreign(), ""),
            ("Cookie", "situational.wall=" + desk, ""),
            (null, null, "?pass=" + Uri.EscapeDataString(Desks.Foreign())),
            (null, null, "?pass=" + Uri.EscapeDataString(Desks.Expired(shared.Host))),
            (null, null, "?access_token=" + Uri.EscapeDataString(Desks.Foreign())),
        ];
        foreach (var (header, value, query) in identities)
        {
            using var answer = await CallAsync(stranger, method, route, header, value, query);

            if (who == Anybody)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            else
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            if (who is Read or Write or Act or Me or Leave or Hub)
                await Requests.ProblemAsync(answer);
        }
    }

    [Trait("Fault", "S3")]
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithTheWallCookie_CanBeReadButNotWritten(string method, string route, string who)
    {
        using var wall = shared.Host.CreateClient(withKey: false);

        using var answer = await CallAsync(wall, method, route, "Cookie", await WallTickets.CookieAsync(shared.Host), "");

        // a wall's cookie writes nothing, and is told so before it is looked at who sits there
        if (who is Write or Act or Leave)
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        else if (who is Me or Desk)
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        else
            Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), answer.StatusCode.ToString());
    }

    [Trait("Fault", "S3")]
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithADesksCookie_IsOpenForAllButTheKeys(string method, string route, string who)
    {
        using var desk = await Desks.ClientAsync(shared.Host, "o-1");

        using var answer = await CallAsync(desk, method, route, null, null, "");

        if (who == Write)
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        else
            Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), answer.StatusCode.ToString());
    }

    [Trait("Fault", "S2")]
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithTheCookieOfOneArea_IsOpenForThePageAndTheHubAlone(string method, string route, string who)
    {
        using var wall = shared.Host.CreateClient(withKey: false);
        var ticket = WallTickets.Good(shared.Host, TimeSpan.FromMinutes(5), SmallCity.Grids[0]);

        using var answer = await CallAsync(wall, method, route, "Cookie", await WallTickets.CookieAsync(shared.Host, ticket), "");

        if (who is Write or Act or Read or Leave)
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        else if (who is Me or Desk)
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        else
            Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), answer.StatusCode.ToString());
    }

    [Trait("Fault", "S5")]
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithAValidTicketInTheQuery_IsOpenOnTheHubAlone(string method, string route, string who)
    {
        using var screen = shared.Host.CreateClient(withKey: false);

        using var answer = await CallAsync(screen, method, route, null, null, "?access_token=" + WallTickets.Of(shared.Host.WallLink));

        if (who is Hub or Anybody)
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        else
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient client, string method, string route, string? header, string? value, string query)
    {
        var address = route.Replace("{id}", "x-1", StringComparison.Ordinal).Replace("{code}", SmallCity.City, StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{step}", "close", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method != "*" ? method : route.EndsWith("negotiate", StringComparison.Ordinal) ? "POST" : "GET"), address[1..] + query);
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent("[]");
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        return await client.SendAsync(request);
    }
}
