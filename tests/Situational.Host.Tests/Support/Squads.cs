using System.Net;
using System.Text;
using Situational.Contracts.Http;

namespace Situational.Host.Tests.Support;

/// <summary>Words about units and squads over HTTP.</summary>
internal static class Squads
{
    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string unit, string what, string? body = null) => client.PostAsync(
        $"api/v1/units/{unit}/{what}", body is null ? null : Requests.Body(Encoding.UTF8.GetBytes(body), "application/json"));

    /// <summary>Puts a unit on or off duty; it must be possible.</summary>
    public static async Task<DutyAnswer> SetAsync(HttpClient client, string unit, bool on)
    {
        using var answer = await PostAsync(client, unit, "duty", $$"""{"on":{{(on ? "true" : "false")}}}""");
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await Requests.ReadAsync<DutyAnswer>(answer);
    }

    /// <summary>Calls for help; it must be a new call.</summary>
    public static async Task<SosAnswer> CallAsync(HttpClient client, string unit, string? body = null)
    {
        using var answer = await PostAsync(client, unit, "sos", body);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await Requests.ReadAsync<SosAnswer>(answer);
    }

    public static async Task<SquadMemberAnswer> MemberAsync(HttpClient client, string squad, string unit) =>
        (await Requests.GetAsync<SquadMembersAnswer>(client, "api/v1/squads/" + squad)).Members.Single(m => m.Id == unit);

    public static Task<UnitAnswer[]> UnitsAsync(HttpClient client) => Requests.GetAsync<UnitAnswer[]>(client, "api/v1/units?limit=10000");

    /// <summary>Waits until the live picture has the unit.</summary>
    public static Task SeenAsync(HttpClient client, string unit) =>
        Eventually.HoldsAsync(async () => (await UnitsAsync(client)).Any(u => u.Id == unit), unit + " was not seen");
}
