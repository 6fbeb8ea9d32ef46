using System.Collections.Concurrent;
using System.Globalization;
using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Grids;

/// <summary>Many callers, and a world that breaks under them: what was answered is what the journal folds to.</summary>
public sealed class GridChurnTests
{
    private const int Callers = 4;

    private static readonly (CaseStep Step, Func<CaseCommand, CaseCommand> With)[] Steps =
    [
        (CaseStep.Accept, c => c),
        (CaseStep.Dispatch, c => c with { AssigneeKind = (byte)AssigneeKind.Unit, Assignee = "unit-1" }),
        (CaseStep.Start, c => c),
        (CaseStep.HandIn, c => c with { Note = "done", By = new ActorStatement("unit-1", (byte)Role.Worker, null) }),
        (CaseStep.Rework, c => c with { Reason = "not clean" }),
        (CaseStep.Verify, c => c),
        (CaseStep.Close, c => c),
        (CaseStep.Return, c => c with { Reason = "not ours" }),
        (CaseStep.Escalate, c => c with { Reason = "asked" }),
        (CaseStep.Reject, c => c with { Reason = "no hazard" }),
        (CaseStep.Reopen, c => c with { Reason = "it is back" }),
    ];

    [Fact]
    public async Task Grid_AThousandReportsAndStepsOverRandomRestarts_FoldsToWhatWasAcknowledged()
    {
        await using var city = await TestCity.StartAsync(2);
        var run = new Run(city, 1, wide: false);
        for (var life = 0; life < 10; life++)
        {
            var callers = run.CallAsync(25);
            if (life % 3 == 1)
                city.Journal.LoseOutcome = new TimeoutException("The answer was lost.");
            // Some lives end while calls are under way: their callers ask again, under the same key.
            if (life % 2 == 0)
                await callers;
            await city.RestartAsync();
            await callers;
            city.Time.Advance(TimeSpan.FromMinutes(life));
        }
        Assert.Equal(10 * 25 * Callers, run.Asked);
        run.AssertAcknowledgedIsKept(territories: 1);
    }

    [Fact]
    public async Task City_TerritoriesThatChangeUnderLoad_OrphanNoReportAndDoubleNoCase()
    {
        await using var city = await TestCity.StartAsync(3);
        var run = new Run(city, 2, wide: true);
        int[] columns = [2, 1, 3, 1, 2, 3];
        for (var version = 1; version <= columns.Length; version++)
        {
            var callers = run.CallAsync(20);
            Assert.Equal(TerritoryVerdict.InForce, (await city.PutAsync(columns[version - 1], replaces: version)).Verdict);
            if (version % 2 == 0)
                await city.RestartAsync();
            await callers;
        }
        await Until.TrueAsync(
            () =>
            {
                city.Time.Advance(TimeSpan.FromMilliseconds(100));
                return run.Grids().All(g => city.Journal.FoldOf(g).Outbound.IsEmpty && city.Journal.FoldOf(g).Open.Values.All(run.IsAtHome));
            },
            "all cases have found their grids");
        run.AssertAcknowledgedIsKept(territories: 7);
    }

    private sealed class Run(TestCity city, int seed, bool wide)
    {
        private readonly ConcurrentDictionary<string, string> _reports = new();
        private readonly ConcurrentDictionary<string, Case> _acknowledged = new();
        private int _keys;
        private int _asked;

        public int Asked => _asked;

        public Task CallAsync(int requests) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed * 100 + caller + _asked);
            for (var i = 0; i < requests; i++)
            {
                if (_acknowledged.IsEmpty || random.Next(3) == 0)
                    await ReportAsync(130 + random.Next(wide ? 14 : 9) * 100);
                else
                    await ActAsync(_acknowledged.Keys.ElementAt(random.Next(_acknowledged.Count)), Steps[random.Next(Steps.Length)]);
                Interlocked.Increment(ref _asked);
            }
        })));

        public IEnumerable<string> Grids() => city.Journal.Grids;

        /// <summary>What no grid contains stays where it is, as long as there is such a grid.</summary>
        public bool IsAtHome(Case one)
        {
            var column = Enumerable.Range(0, 3).Last(c => one.Report.Longitude >= Street.At(c * Street.SideMeters).Longitude);
            return column < city.Columns ? one.Grid == Street.Grid(column) : Enumerable.Range(0, city.Columns).Any(c => one.Grid == Street.Grid(c));
        }

        public void AssertAcknowledgedIsKept(int territories)
        {
            Assert.NotEmpty(_acknowledged);
            Assert.True(territories == 1 || city.Journal.Grids.Count > 1);
            var events = city.Journal.Grids.SelectMany(g => city.Journal.EventsOf(g)).ToArray();
            var opened = events.OfType<CaseOpened>().Select(e => e.CaseId).ToArray();
            Assert.Equal(opened.Length, opened.Distinct().Count());
            // Each acknowledged report opened one case of its own or joined one; none was let in twice.
            Assert.Equal(_reports.Values.Distinct().Order(), opened.Order());
            var folds = city.Journal.Grids.Select(city.Journal.FoldOf).ToArray();
            foreach (var (id, said) in _acknowledged)
            {
                var open = folds.Where(f => f.Open.ContainsKey(id)).Select(f => f.Open[id]).ToArray();
                var kept = city.Journal.FindCaseAsync(id, CancellationToken.None).Result!;
                Assert.Equal(kept.IsOpen ? 1 : 0, open.Length);
                if (kept.IsOpen)
                    Assert.Equal(CaseJson.Write(kept), CaseJson.Write(open[0]));
                Assert.True(kept.Revision >= said.Revision, id);
                if (kept.Revision == said.Revision)
                    Assert.Equal(CaseJson.Write(said), CaseJson.Write(kept));
            }
        }

        private async Task ReportAsync(double east)
        {
            var key = "report-" + Interlocked.Increment(ref _keys).ToString(CultureInfo.InvariantCulture);
            var report = city.Report(key, fingerprint: key, east: east);
            var grid = Street.Grid(Math.Min((int)(east / Street.SideMeters), city.Columns - 1));
            await UntilAnsweredAsync(async () =>
            {
                var receipt = await city.Grains.GetGrain<IGridGrain>(grid).ReportAsync(report, CancellationToken.None);
                if (receipt.Verdict == ReportVerdict.Elsewhere)
                    grid = receipt.Fault!;
                if (receipt.Verdict is not (ReportVerdict.Opened or ReportVerdict.Repeated or ReportVerdict.Joined))
                    return false;
                Assert.NotNull(receipt.CaseId);
                _reports[key] = receipt.CaseId;
                if (receipt.Case is { } document)
                    Note(document.ToCase());
                return true;
            });
        }

        private async Task ActAsync(string caseId, (CaseStep Step, Func<CaseCommand, CaseCommand> With) what)
        {
            var key = "step-" + Interlocked.Increment(ref _keys).ToString(CultureInfo.InvariantCulture);
            Assert.True(CaseId.TryParse(caseId, out var grid, out _));
            await UntilAnsweredAsync(async () =>
            {
                var receipt = await city.ActAsync(caseId, what.Step, c => what.With(c) with { Key = key, Fingerprint = key }, grid);
                if (receipt.Verdict == CaseVerdict.Elsewhere)
                    grid = receipt.Fault!;
                if (receipt.Verdict is CaseVerdict.Elsewhere or CaseVerdict.StoreAway)
                    return false;
                Assert.NotEqual(CaseVerdict.Unknown, receipt.Verdict);
                if (receipt.Case is { } document)
                    Note(document.ToCase());
                return true;
            });
        }

        private void Note(Case one) => _acknowledged.AddOrUpdate(one.Id, one, (_, known) => known.Revision >= one.Revision ? known : one);

        private static Task UntilAnsweredAsync(Func<Task<bool>> ask) => Until.TrueAsync(
            async () =>
            {
                try
                {
                    return await ask();
                }
                catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
                {
                    // The silo went down under the call.
                    return false;
                }
            },
            "a request was answered");
    }
}
