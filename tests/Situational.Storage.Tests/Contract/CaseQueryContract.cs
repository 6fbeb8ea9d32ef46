using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

/// <summary>Searches over cases that went through the loop, held against the plain way to find them.</summary>
public abstract class CaseQueryContract(StoreUnderTest store) : IDisposable
{
    private const string C = "330106001001003";

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    public static TheoryData<string> Narrowings => [.. Queries.Keys];

    private static Dictionary<string, CaseQuery> Queries => new()
    {
        ["all"] = new(null, 4),
        ["stages"] = new(null, 2) { Stages = [Stage.Accepted, Stage.Closed, Stage.Suspended] },
        ["severity that counts"] = new(null, 3) { Severity = Severity.Red },
        ["category"] = new(null, 3) { Category = "pothole" },
        ["due from"] = new(null, 3) { DueFrom = TestGrid.Noon.AddHours(3) },
        ["due before"] = new(null, 3) { DueBefore = TestGrid.Noon.AddDays(3) },
        ["due within"] = new(null, 3) { DueFrom = TestGrid.Noon.AddHours(1), DueBefore = TestGrid.Noon.AddDays(3) },
        ["level"] = new(null, 3) { MinimumLevel = DeadlineLevel.Approaching },
        ["overdue"] = new(null, 3) { MinimumLevel = DeadlineLevel.Overdue },
        ["text"] = new(null, 2) { Text = "盖缺" },
        ["one character"] = new(null, 2) { Text = "第" },
        ["ascii of any case"] = new(null, 2) { Text = "cOVER 3" },
        ["id"] = new(null, 2) { Text = LivingCity.A + "-" },
        ["wildcards are plain"] = new(null, 2) { Text = "%" },
        ["quotes are plain"] = new(null, 2) { Text = "' OR 1=1 --" },
        ["text of a joined report"] = new(null, 2) { Text = "第 4 处" },
        ["a grid"] = new([LivingCity.B], 3),
        ["grids and more"] = new([LivingCity.A, C], 2) { Stages = [Stage.Reported, Stage.Accepted], Text = "处", MinimumLevel = DeadlineLevel.None },
        ["nothing"] = new(null, 2) { Category = "no such" },
        ["everything at once"] = new([LivingCity.A], 2)
        {
            Stages = [Stage.Accepted],
            Severity = Severity.Yellow,
            Category = "other",
            Text = "cover",
            DueBefore = TestGrid.Noon.AddDays(365),
        },
    };

    [Theory]
    [MemberData(nameof(Narrowings))]
    public async Task Search_Narrowed_EqualsThePlainOneInBothOrders(string narrowing)
    {
        await FillAsync();
        var all = await AllAsync(new CaseQuery(null, 1_000));
        Assert.InRange(all.Count, 12, 100);
        Assert.Contains(all, c => c.Level >= DeadlineLevel.Overdue);
        Assert.Contains(all, c => c.JudgedSeverity is not null);
        var query = Queries[narrowing];
        var expected = all.Where(c => Matches(c, query)).ToList();
        Assert.Equal(narrowing is "nothing" or "wildcards are plain" or "quotes are plain", expected.Count == 0);

        Assert.Equal(Ids(expected), Ids(await AllAsync(query)));
        var due = await AllAsync(query with { Order = CaseOrder.Due });
        Assert.Equal(Ids(expected.Where(c => c.IsOpen)).Order(), Ids(due).Order());
        Assert.Equal(due.Select(DueOf).Order(), due.Select(DueOf));
    }

    [Fact]
    public async Task Search_ByDeadline_HoldsAlsoCasesWithoutOneAndThemLast()
    {
        await FillAsync();
        var due = await AllAsync(new CaseQuery(null, 3) { Order = CaseOrder.Due });
        Assert.Contains(due, c => c.NextClock is null);
        Assert.Contains(due, c => c.NextClock is not null);
        Assert.Null(due[^1].NextClock);
        Assert.DoesNotContain(due, c => !c.IsOpen);
    }

    [Fact]
    public async Task Search_WithTheCursorOfAnotherQuery_IsRefused()
    {
        await FillAsync();
        var query = new CaseQuery(null, 2);
        foreach (var (mine, other) in new[]
        {
            (query, query with { Order = CaseOrder.Due }),
            (query with { Order = CaseOrder.Due }, query),
            (query, query with { Text = "处" }),
            (query with { Stages = [Stage.Accepted, Stage.Reported] }, query with { Stages = [Stage.Accepted] }),
        })
        {
            var cursor = (await store.Journal.SearchAsync(mine, default)).Next;
            Assert.NotNull(cursor);
            await store.Journal.SearchAsync(mine with { Cursor = cursor, Limit = 5 }, default);
            await Assert.ThrowsAsync<FormatException>(() => store.Journal.SearchAsync(other with { Cursor = cursor }, default));
        }
    }

    [Fact]
    public async Task Search_AfterAMove_FindsTheCaseInItsNewGridOnly()
    {
        var city = await FillAsync();
        var moved = CaseId.Of(LivingCity.A, 6);
        Assert.DoesNotContain(moved, Ids(await AllAsync(new CaseQuery([LivingCity.A], 1_000))));
        Assert.Single(Ids(await AllAsync(new CaseQuery([LivingCity.B], 1_000))), moved);
        Assert.Single(Ids(await AllAsync(new CaseQuery(null, 1_000))), moved);
        Assert.Equal(LivingCity.B, (await store.Journal.FindCaseAsync(moved, default))!.Grid);

        // And back: what the first grid says late does not take the row away.
        var away = city[LivingCity.A].Outbound.Keys.Single();
        await city.DoAsync(LivingCity.B, new GridCommand.Arrive(LivingCity.A, city[LivingCity.A].Outbound[away]));
        await city.DoAsync(LivingCity.B, new GridCommand.Depart(3, [(away, LivingCity.A)]));
        await city.DoAsync(LivingCity.A, new GridCommand.Arrive(LivingCity.B, city[LivingCity.B].Outbound[away]));
        Assert.Equal(LivingCity.A, (await store.Journal.FindCaseAsync(away, default))!.Grid);
        await city.DoAsync(LivingCity.B, new GridCommand.EndHandover(away, true));
        Assert.Equal(LivingCity.A, (await store.Journal.FindCaseAsync(away, default))!.Grid);
        Assert.Single(Ids(await AllAsync(new CaseQuery([LivingCity.A], 1_000))), away);
        Assert.DoesNotContain(away, Ids(await AllAsync(new CaseQuery([LivingCity.B], 1_000))));
    }

    [Fact]
    public async Task Append_ThatGivesARowUp_DropsItOnlyWhileItIsItsOwn()
    {
        var grid = new TestGrid("g");
        var opened = await grid.AppendAsync(store.Journal, grid.Open());
        var id = opened.Cases[0].Id;
        var close = grid.CloseCase(id);
        await grid.AppendAsync(store.Journal, close with { Cases = [], Gone = [new MovedCase(id, "h")] });
        Assert.Null(await store.Journal.FindCaseAsync(id, default));
        Assert.Empty((await store.Journal.SearchAsync(new CaseQuery(null, 10), default)).Cases);
    }

    private static bool Matches(Case one, CaseQuery query) =>
        (query.Grids is null || query.Grids.Contains(one.Grid))
        && (query.Stages.Count == 0 || query.Stages.Contains(one.Stage))
        && (query.Severity is null || one.Severity == query.Severity)
        && (query.Category is null || one.Report.Category == query.Category)
        && (query.DueFrom is null || one.NextClock?.DueAt >= query.DueFrom)
        && (query.DueBefore is null || one.NextClock?.DueAt < query.DueBefore)
        && one.Level >= query.MinimumLevel
        && (query.Text is not { } text || one.Joined.Select(joined => joined.Report.Description).Append(one.Report.Description).Append(one.Id)
            .Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static DateTimeOffset DueOf(Case one) => one.NextClock?.DueAt ?? DateTimeOffset.MaxValue;

    private static IEnumerable<string> Ids(IEnumerable<Case> cases) => cases.Select(c => c.Id);

    private async Task<LivingCity> FillAsync()
    {
        var city = await LivingCity.FillAsync(store);
        foreach (var (category, severity) in new[] { ("pothole", Severity.Red), ("other", Severity.Red), ("pothole", Severity.Blue) })
            await city.OpenAsync(C, $"路面塌陷 Hole {category}", category, severity);
        await city.StepsAsync(C, 1, CaseStep.Accept);
        await city.DoAsync(C, new GridCommand.Step(CaseId.Of(C, 3), CaseStep.Accept, LivingCity.Officer) { Severity = Severity.Red });
        await city.PassAsync(C, TimeSpan.FromDays(40));
        return city;
    }

    private async Task<List<Case>> AllAsync(CaseQuery query)
    {
        var cases = new List<Case>();
        string? cursor = null;
        do
        {
            var page = await store.Journal.SearchAsync(query with { Cursor = cursor }, default);
            Assert.InRange(page.Cases.Count, 0, query.Limit);
            cases.AddRange(page.Cases);
            cursor = page.Next;
        }
        while (cursor is not null);
        return cases;
    }
}
