using System.Collections.Immutable;
using System.Security.Cryptography;
using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;

namespace Situational.Storage.Tests.Support;

/// <summary>Grids that go through the whole loop by the domain's own decisions, and write it down as grains do.</summary>
public sealed class LivingCity(StoreUnderTest store)
{
    public const string A = "330106001001001";
    public const string B = "330106001001002";

    public static readonly Actor Officer = new("officer-wang", Role.Officer, "10.0.0.7");

    private static readonly LoopRules Rules = new(CityRules.Default, 1_000, ["330106001001", "330106001", "330106", "3301"]);
    private readonly Dictionary<string, GridState> _grids = [];

    /// <summary>Everything that happened, in the order in which it was written.</summary>
    public List<(string Grid, GridEvent Event)> Happened { get; } = [];

    public DateTimeOffset Now { get; set; } = TestGrid.Noon;

    public GridState this[string grid] => _grids.GetValueOrDefault(grid) ?? GridState.Empty(grid);

    /// <summary>Two grids with cases of every kind, a case that moved, one on its way, and everything else that a store holds.</summary>
    public static async Task<LivingCity> FillAsync(StoreUnderTest store)
    {
        var city = new LivingCity(store);
        for (var i = 1; i <= 8; i++)
            await city.OpenAsync(A, $"井盖缺失，第 {i} 处 Cover {i}", key: $"key-{i}");
        await city.StepsAsync(A, 1, CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close, CaseStep.Rate);
        await city.StepsAsync(A, 2, CaseStep.Reject);
        await city.StepsAsync(A, 3, CaseStep.Accept, CaseStep.Suspend);
        await city.StepsAsync(A, 4, CaseStep.Merge);
        await city.StepsAsync(A, 6, CaseStep.Accept, CaseStep.Blow, CaseStep.Muster);
        await city.StepsAsync(A, 7, CaseStep.Accept, CaseStep.Dispatch, CaseStep.Start, CaseStep.HandIn, CaseStep.Verify, CaseStep.Close, CaseStep.Reopen);
        await city.OpenAsync(B, "乱堆物料");
        await city.MoveAsync(A, B, CaseId.Of(A, 6));
        await city.DoAsync(A, new GridCommand.Depart(2, [(CaseId.Of(A, 8), B)]));

        await store.Territories.TryAddAsync(Territory(1), null, default);
        await store.Territories.TryAddAsync(Territory(2) with { InForceAt = TestGrid.Noon }, null, default);
        await store.Units.EnrolAsync([new UnitEnrolment("u1", "s1"), new UnitEnrolment("u2", "s1")], default);
        await store.Units.SaveFixesAsync("s1", [new StoredFix("u1", "巡一", A, 30.25, 120.16, 5, double.NaN, 90, TestGrid.Noon.AddTicks(7))], default);
        await store.Photos.AddAsync(new byte[] { 0xFF, 0xD8, 1, 2, 3 }, "image/jpeg", default);
        await store.Audit.AppendAsync(new AuditEntry(city.Now, "officer-wang", "officer", "10.0.0.7", "territory.put", "2", null), default);
        await city.WorkAsync();
        return city;
    }

    /// <summary>What the desks keep: duty states, trails, what was walked, acknowledgements.</summary>
    private async Task WorkAsync()
    {
        var sos = new UnitSos(Now, 30.1, 120.2, "需要支援", Now.AddMinutes(1), "officer-wang", "来了");
        await store.Duty.SaveAsync(new UnitDuty("u1", "s1", true, Now, sos), new AuditEntry(Now, "u1", "worker", null, "unit.sos", "u1"), default);
        await store.Duty.SaveAsync(new UnitDuty("u2", "s1", false, Now, null), new AuditEntry(Now, "u2", "worker", null, "unit.duty", "u2"), default);
        await store.Trails.SaveAsync(
            [
                .. Enumerable.Range(0, 100).Select(i => new TrailPoint("u1", Now.AddSeconds(24 * i), 30 + i / 1e4, 120.16, i % 3 == 0 ? float.NaN : i, A)),
                new TrailPoint("u2", Now, 30.2, 120.2, 3, B, Ends: true),
            ], default);
        await store.Trails.SaveAsync([new TrailPoint("u1", Now, 30.9, 120.9, 1, B)], default);
        foreach (var cadence in Enum.GetValues<CoverageCadence>())
            await store.Coverage.SaveAsync(
                [
                    new CoverageSheet(new CoverageFigure(A, new CoveragePeriod(cadence, new DateOnly(2026, 10, 1)), 1_000, 250.5), "frame", new byte[] { 1, 2, 3 }),
                    new CoverageSheet(new CoverageFigure(B, new CoveragePeriod(cadence, new DateOnly(2026, 10, 1)), 0, 0), "frame", default),
                ], default);
        await store.Alerts.AcknowledgeAsync(
            [new AlertAcknowledgement($"red:{A}-1", "officer-wang", Now), new AlertAcknowledgement("sos:u1:1", "officer-li", Now.AddTicks(1))],
            new AuditEntry(Now, "officer-wang", "officer", null, "alert.acknowledge", "2"), default);
    }

    public static StoredTerritory Territory(int version)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","version":{{version}}}""");
        return new StoredTerritory(version, text, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    /// <summary>Opens a case and returns its id.</summary>
    public async Task<string> OpenAsync(string grid, string description, string category = "other", Severity severity = Severity.Yellow, string? key = null)
    {
        // A kilometre from the one before, so that none is taken for another.
        var report = new Report(category, severity, description, 30 + 0.01 * this[grid].LastCaseNumber, 120.16, "worker", "王", "13900000000", []);
        var accepted = await DoAsync(grid, new GridCommand.Open(report, 1, Officer), key);
        return accepted.Case!.Id;
    }

    public async Task StepsAsync(string grid, int number, params CaseStep[] steps)
    {
        var id = CaseId.Of(grid, number);
        foreach (var step in steps)
            await DoAsync(grid, new GridCommand.Step(id, step, step is CaseStep.Start or CaseStep.HandIn ? new Actor("worker-li", Role.Worker) : Officer)
            {
                Ended = step is CaseStep.Rate or CaseStep.Reopen ? await store.Journal.FindCaseAsync(id, default) : null,
                Note = "note",
                Reason = "reason",
                Assignee = new Assignee(AssigneeKind.Unit, "u1"),
                Until = Now.AddDays(30),
                RatingKind = "community",
                Score = 4,
                Other = CaseId.Of(grid, number + 1),
                WhistleKind = Rules.City.WhistleKinds.Keys.First(),
                Departments = [.. Rules.City.Departments.Keys.Take(2)],
                Whistle = 1,
                Department = Rules.City.Departments.Keys.First(),
                Muster = MusterState.Acknowledged,
            });
    }

    /// <summary>Moves a case from a grid to another, to the end of its handover.</summary>
    public async Task MoveAsync(string from, string to, string caseId, int territory = 2)
    {
        await DoAsync(from, new GridCommand.Depart(territory, [(caseId, to)]));
        await DoAsync(to, new GridCommand.Arrive(from, this[from].Outbound[caseId]));
        await DoAsync(from, new GridCommand.EndHandover(caseId, true));
    }

    /// <summary>Lets time pass and do what fell due.</summary>
    public async Task PassAsync(string grid, TimeSpan time)
    {
        Now += time;
        while (Decide(grid, new GridCommand.Tick(TestGrid.Noon)) is Decision.Accepted accepted)
            await AppendAsync(grid, accepted, null, null);
    }

    /// <summary>Takes a command that must be accepted.</summary>
    public async Task<Decision.Accepted> DoAsync(string grid, GridCommand command, string? key = null)
    {
        Now = Now.AddMinutes(1);
        var decision = Decide(grid, command);
        var accepted = decision as Decision.Accepted ?? throw new InvalidOperationException($"{command} was answered with {decision}.");
        var audit = command is GridCommand.Step step ? new AuditEntry(Now, step.By.Id, "officer", step.By.From, $"case.{step.What}", step.CaseId, step.Reason) : null;
        await AppendAsync(grid, accepted, key is null ? null : new AcceptedReport(key, "f", accepted.Case!.Id), audit);
        return accepted;
    }

    /// <summary>Takes a command if it is accepted.</summary>
    public async Task<bool> TryAsync(string grid, GridCommand command)
    {
        if (Decide(grid, command) is not Decision.Accepted accepted)
            return false;
        await AppendAsync(grid, accepted, null, null);
        return true;
    }

    private Decision Decide(string grid, GridCommand command) => GridDecisions.Decide(this[grid], command, Now, Rules);

    private async Task AppendAsync(string grid, Decision.Accepted accepted, AcceptedReport? report, AuditEntry? audit)
    {
        var append = new JournalAppend(grid, this[grid].Version, accepted.Events, accepted.Changed, report, accepted.After)
        {
            Gone = [.. accepted.Gone.Select(gone => new MovedCase(gone.CaseId, gone.Grid))],
            Audit = audit,
        };
        Assert.Equal(new AppendOutcome.Appended(accepted.After.Version), await store.Journal.AppendAsync(append, TestContext.Current.CancellationToken));
        _grids[grid] = accepted.After;
        Happened.AddRange(accepted.Events.Select(happened => (grid, happened)));
    }
}
