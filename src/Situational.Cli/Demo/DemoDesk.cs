using System.Globalization;
using System.Net;
using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>An invented duty officer at a desk of their own, who sees some of the alerts after a while and leaves the others to whoever is there.</summary>
/// <param name="client">As the system that gives passes.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws.</param>
internal sealed class DemoDesk(SituationalClient client, TimeProvider time, Random random) : IDisposable
{
    /// <summary>Hours that a pass is good for, and hours after which the demo asks for another.</summary>
    private const int PassHours = 24, FreshHours = 20;

    private const double SeenShare = 0.6;
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(45), LeavesAlone = TimeSpan.FromMinutes(2);

    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);
    private DateTimeOffset _next;
    private DateTimeOffset _ends;
    private SituationalClient? _desk;

    /// <inheritdoc />
    public void Dispose() => _desk?.Dispose();

    /// <summary>A client at the desk, which is opened anew before it closes.</summary>
    public async Task<SituationalClient> SitAsync(CancellationToken cancellationToken)
    {
        if (_desk is { } open && time.GetUtcNow() < _ends)
            return open;
        var pass = (await client.PassAsync(Officer, cancellationToken)).Require("asking for a desk");
        var desk = await SituationalClient.OpenDeskAsync(client.Server, pass.Link, time, cancellationToken);
        _desk?.Dispose();
        _ends = time.GetUtcNow().AddHours(FreshHours);
        return _desk = desk;
    }

    /// <summary>Links to the desks of three invented people, a line each.</summary>
    public static async Task<IReadOnlyList<string>> LinksAsync(SituationalClient client, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var person in new[]
        {
            Officer,
            new PassRequest(DemoPeople.SupervisorId, DemoPeople.Say("督导长"), "supervisor"),
            new PassRequest(DemoPeople.Lead(0), DemoPeople.Say(DemoTerritory.Squads[0] + "长"), "lead", DemoTerritory.Squads[0]),
        })
        {
            var pass = (await client.PassAsync(person, cancellationToken)).Require("asking for a desk");
            lines.Add($"Desk ({person.Role}): {new Uri(client.Server, pass.Link)}");
        }
        return lines;
    }

    /// <summary>Looks at the red cases now and then, and says of some that they were seen.</summary>
    public async Task StepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now < _next)
            return;
        _next = now + Looks;
        var seen = new List<string>();
        var desk = await SitAsync(cancellationToken);
        foreach (var one in (await desk.DueAsync("red", cancellationToken)).Require("reading the red cases").Cases)
        {
            if (now - one.ReportedAt > LeavesAlone)
                Decide("red:" + one.Id, seen);
            if (one.Level is "overdue" or "overdue-twice" && one.DueAt is { } due)
                Decide(string.Create(CultureInfo.InvariantCulture, $"overdue:{one.Id}:{(one.Level == "overdue" ? 2 : 3)}:{due.ToUnixTimeMilliseconds()}"), seen);
        }
        foreach (var alert in seen)
        {
            var answer = await desk.AcknowledgeAsync([alert], cancellationToken);
            // Between reading and acknowledging a case may end; its alert ends with it.
            if (answer.Status != HttpStatusCode.UnprocessableEntity)
                answer.Require("acknowledging alerts");
        }
    }

    private static PassRequest Officer => new(DemoPeople.FirstOfficer, DemoPeople.Say("值班员"), "officer", Hours: PassHours);

    private void Decide(string alert, List<string> seen)
    {
        if (_decided.Add(alert) && random.NextDouble() < SeenShare)
            seen.Add(alert);
    }
}
