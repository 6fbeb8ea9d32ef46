using System.Net;
using System.Text;
using System.Text.Json;
using Situational.Contracts.Http;

namespace Situational.Host.Tests.Support;

/// <summary>Takes a case along the line of the loop, as officer Wang, worker Li and officer Zhao would.</summary>
internal static class Walk
{
    /// <summary>The line, step by step.</summary>
    public static readonly IReadOnlyList<(string Step, CaseStepRequest Body)> Line =
    [
        ("accept", new CaseStepRequest(By: new ActorRequest("wang", "officer"))),
        ("dispatch", new CaseStepRequest(By: new ActorRequest("wang", "officer"), Assignee: new AssigneeRequest("squad", "s1"))),
        ("start", new CaseStepRequest(By: new ActorRequest("li", "worker"))),
        ("hand-in", new CaseStepRequest(By: new ActorRequest("li", "worker"), Note: "done")),
        ("verify", new CaseStepRequest(By: new ActorRequest("zhao", "officer"))),
        ("close", new CaseStepRequest(By: new ActorRequest("zhao", "officer"))),
    ];

    /// <summary>Takes one step, under a key if one is given.</summary>
    public static async Task<HttpResponseMessage> StepAsync(HttpClient client, string id, string step, CaseStepRequest body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/cases/{id}/{step}")
        {
            Content = Requests.Body(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, Requests.Json)), "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    /// <summary>Takes as many steps of the line; all must be done.</summary>
    public static async Task<CaseAnswer> AlongAsync(HttpClient client, string id, int steps)
    {
        CaseAnswer? last = null;
        foreach (var (step, body) in Line.Take(steps))
        {
            using var answer = await StepAsync(client, id, step, body);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{step}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            last = await Requests.ReadAsync<CaseAnswer>(answer);
        }
        return last ?? await Requests.GetAsync<CaseAnswer>(client, $"api/v1/cases/{id}");
    }

    /// <summary>Everything that happened to a case.</summary>
    public static async Task<IReadOnlyList<CaseEventAnswer>> HistoryAsync(HttpClient client, string id) =>
        (await Requests.GetAsync<CaseHistoryAnswer>(client, $"api/v1/cases/{id}/history?limit=1000")).Events;
}
