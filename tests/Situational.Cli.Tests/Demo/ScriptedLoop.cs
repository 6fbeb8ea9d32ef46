using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Tests.Demo;

/// <summary>A system that knows the loop's stages and nothing else: it takes a step where the table has it, refuses it elsewhere, and keeps count.</summary>
internal sealed class ScriptedLoop
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, (string[] From, string? To)> Table = new()
    {
        ["accept"] = (["reported"], "accepted"),
        ["reject"] = (["reported"], "rejected"),
        ["merge"] = (["reported"], "merged"),
        ["keep-apart"] = (["reported"], null),
        ["dispatch"] = (["accepted", "returned"], "dispatched"),
        ["return"] = (["dispatched", "handling"], "returned"),
        ["start"] = (["dispatched", "rework"], "handling"),
        ["hand-in"] = (["handling"], "handled"),
        ["verify"] = (["handled"], "verified"),
        ["rework"] = (["handled"], "rework"),
        ["close"] = (["verified", "handled"], "closed"),
        ["suspend"] = (["accepted", "dispatched", "handling", "returned", "rework"], "suspended"),
        ["resume"] = (["suspended"], "handling"),
        ["escalate"] = (["dispatched"], null),
        ["whistle"] = (["accepted", "returned"], null),
        ["muster"] = (["accepted", "dispatched", "handling", "handled", "verified", "returned", "rework", "suspended"], null),
        ["rate"] = (["closed"], null),
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CaseAnswer> _cases = [];
    private readonly Dictionary<string, int> _taken = [];

    /// <summary>What happens to a case instead of the step that the demo takes: another person's step. Null for nothing.</summary>
    public Func<CaseAnswer, string, string?>? Meanwhile { get; set; }

    /// <summary>Steps that were refused.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>How often a step was taken.</summary>
    public int Taken(string step) => _taken.GetValueOrDefault(step);

    /// <summary>The cases.</summary>
    public IReadOnlyCollection<CaseAnswer> Cases
    {
        get
        {
            lock (_gate)
                return [.. _cases.Values];
        }
    }

    /// <summary>Puts a case there, as of an earlier run.</summary>
    public void Put(CaseAnswer one)
    {
        lock (_gate)
            _cases[one.Id] = one;
    }

    /// <summary>A case.</summary>
    public static CaseAnswer Case(string id, string stage, string source = "demo", ReportRequest? report = null) => new(
        id, 1, "g", 1, report?.Category ?? "fire", report?.Severity ?? "red", stage, report?.Description ?? "烟", report?.Location.Lat ?? 22.7561,
        report?.Location.Lon ?? 113.9187, source, [], default, default, null, null, null, null, null, "none", [], null, null, 1, [], null,
        report?.Spot is { } spot ? new(spot.Unit, spot.Note, false, null, spot.FoundAt, spot.FixedAt) : null, [], [], [], [], []);

    /// <summary>Answers a request.</summary>
    public IResult Answer(string address, string body)
    {
        lock (_gate)
        {
            var path = address.Split('?')[0].Split(' ', '/');
            if (address == "POST /api/v1/reports")
                return Results.Json(Open(JsonSerializer.Deserialize<ReportRequest>(body, Json)!), statusCode: 201);
            if (address.StartsWith("GET /api/v1/cases?", StringComparison.Ordinal))
                return Results.Json(new CasesAnswer([.. _cases.Values.Where(c => address.Contains($"stage={c.Stage}", StringComparison.Ordinal))], null));
            if (!_cases.TryGetValue(Uri.UnescapeDataString(path[5]), out var one))
                return Results.Problem(statusCode: 404);
            return path.Length == 6 ? Results.Json(one) : Step(one, path[6], JsonSerializer.Deserialize<CaseStepRequest>(body, Json)!);
        }
    }

    private CaseAnswer Open(ReportRequest report)
    {
        var one = Case($"g-{_cases.Count + 1}", report.Spot is null ? "reported" : "handled", report.Source, report);
        // every seventh looks like the one before it
        if (report.Spot is null && _cases.Count % 7 == 6)
            one = one with { Proposals = ["g-" + _cases.Count] };
        return _cases[one.Id] = one;
    }

    private IResult Step(CaseAnswer one, string step, CaseStepRequest said)
    {
        if (Meanwhile?.Invoke(one, step) is { } stage)
            _cases[one.Id] = one = one with { Stage = stage };
        var (from, to) = Table[step];
        if (!from.Contains(one.Stage))
        {
            Refused.Add(step);
            return Results.Problem(statusCode: 409, extensions: new Dictionary<string, object?> { ["stage"] = one.Stage });
        }
        _taken[step] = Taken(step) + 1;
        return Results.Json(_cases[one.Id] = After(one with { Stage = to ?? one.Stage, Revision = one.Revision + 1 }, step, said));
    }

    private static CaseAnswer After(CaseAnswer one, string step, CaseStepRequest said) => step switch
    {
        "dispatch" => one with { Assignee = said.Assignee },
        "suspend" => one with { SuspendedUntil = said.Until },
        "resume" => one with { SuspendedUntil = null },
        "keep-apart" => one with { Proposals = [] },
        "escalate" => one with { EscalatedTo = "city" },
        "rate" => one with { Ratings = [new(said.Kind!, said.Score!.Value, default, new ActorAnswer(said.By!.Id, said.By.Role), said.Note)] },
        "whistle" => one with
        {
            Whistles = [.. one.Whistles, new(one.Whistles.Count + 1, said.Kind!, default, new ActorAnswer(said.By!.Id, said.By.Role), said.Note, [.. said.Departments!.Select(d => Muster(d, "notified"))])],
        },
        "muster" => one with { Whistles = [.. one.Whistles.Select(w => w.Number == said.Whistle ? w with { Musters = [.. Musters(w, said)] } : w)] },
        _ => one,
    };

    private static IEnumerable<MusterAnswer> Musters(WhistleAnswer whistle, CaseStepRequest said) => whistle.Musters
        .Select(m => m.Department == said.Department ? m with { State = said.State! } : m)
        .Concat(said.CounterProposal is { } instead ? [Muster(instead, "notified")] : []);

    private static MusterAnswer Muster(string department, string state) =>
        new(department, state, default, null, null, null, null, null, null, null, null, null, []);
}
