using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

/// <summary>Lists of cases by their ids and by whom they are given to, and the loop's table.</summary>
[Collection(SharedHost.Name)]
public sealed class NamedCasesTests(HostFixture shared)
{
    [Fact]
    public async Task Ids_AreAnsweredInTheirOrderOnceEachWithoutUnknownOnes()
    {
        var (a, b) = (await Requests.OpenCaseAsync(shared.Client, 0), await Requests.OpenCaseAsync(shared.Client, 1));
        await Requests.StepOkAsync(shared.Client, b.Id, "reject", """{"reason":"not ours"}""");

        var found = await Requests.GetAsync<CasesAnswer>(shared.Client, $"api/v1/cases?ids={b.Id},none-1,{a.Id},{b.Id},%E5%9F%8E");

        Assert.Equal([b.Id, a.Id], found.Cases.Select(c => c.Id));
        Assert.Equal("rejected", found.Cases[0].Stage);
        Assert.Null(found.Next);
    }

    [Fact]
    public async Task Assignee_HasItsOpenCasesTheNextDeadlineFirst()
    {
        var unit = "u-" + Guid.NewGuid().ToString("N");
        var ids = new List<string>();
        foreach (var severity in new[] { "blue", "red", "red" })
        {
            var one = await Requests.OpenCaseAsync(shared.Client, 0, severity);
            await Requests.StepOkAsync(shared.Client, one.Id, "accept");
            await Requests.StepOkAsync(shared.Client, one.Id, "dispatch", $$$"""{"assignee":{"kind":"unit","id":"{{{unit}}}"}}""");
            ids.Add(one.Id);
        }
        await Requests.StepOkAsync(shared.Client, ids[2], "return", """{"reason":"not mine"}""");
        CasesAnswer? found = null;

        await Eventually.HoldsAsync(
            async () => (found = await Requests.GetAsync<CasesAnswer>(shared.Client, "api/v1/cases?assignee=unit:" + unit)).Cases.Count == 2,
            "the unit did not get its cases");

        Assert.Equal(found!.Cases.OrderBy(c => c.DueAt).Select(c => c.Id), found.Cases.Select(c => c.Id));
        Assert.Equal(ids.Take(2).Order(), found.Cases.Select(c => c.Id).Order());
        Assert.Single((await Requests.GetAsync<CasesAnswer>(shared.Client, $"api/v1/cases?assignee=unit:{unit}&limit=1")).Cases);
        Assert.Empty((await Requests.GetAsync<CasesAnswer>(shared.Client, "api/v1/cases?assignee=squad:" + unit)).Cases);
    }

    [Theory]
    [InlineData("ids=", "ids")]
    [InlineData("ids=a,,b", "ids")]
    [InlineData("ids=a%00", "ids")]
    [InlineData("ids=a&ids=b", "ids")]
    [InlineData("ids=a&stage=reported", "stage")]
    [InlineData("ids=a&limit=5", "limit")]
    [InlineData("ids=a&assignee=unit:x", "assignee")]
    [InlineData("assignee=", "assignee")]
    [InlineData("assignee=w-017", "assignee")]
    [InlineData("assignee=person:w-017", "assignee")]
    [InlineData("assignee=unit:", "assignee")]
    [InlineData("assignee=unit:x%0d%0ay", "assignee")]
    [InlineData("assignee=unit:x&text=fire", "text")]
    [InlineData("assignee=unit:x&limit=101", "limit")]
    public async Task Query_ThatIsWrong_IsRefusedByName(string query, string field)
    {
        using var answer = await shared.Client.GetAsync("api/v1/cases?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Requests.FieldErrorAsync(answer, field);
    }

    [Fact]
    public async Task Ids_TooManyOrTooLong_AreRefusedWithTheLimit()
    {
        using var many = await shared.Client.GetAsync("api/v1/cases?ids=" + string.Join(',', Enumerable.Repeat("a", 101)));
        using var large = await shared.Client.GetAsync("api/v1/cases?ids=" + new string('a', 201));
        using var assignee = await shared.Client.GetAsync("api/v1/cases?assignee=unit:" + new string('a', 65));

        Assert.Contains("100", await Requests.FieldErrorAsync(many, "ids"));
        Assert.Contains("200", await Requests.FieldErrorAsync(large, "ids"));
        Assert.Contains("64", await Requests.FieldErrorAsync(assignee, "assignee"));
    }

    [Fact]
    public async Task Steps_AreTheTableByWhichTheLoopDecides()
    {
        var table = await Requests.GetAsync<StepsAnswer>(shared.Client, "api/v1/steps");

        Assert.Equal(12, table.Stages.Count);
        Assert.All(table.Steps, row => Assert.Subset(table.Stages.ToHashSet(), row.From.ToHashSet()));
        // what the table says someone could do with a case in its stage is what the case itself says
        var one = await Requests.OpenCaseAsync(shared.Client, 0);
        foreach (var stage in new[] { "reported", "accepted", "dispatched", "handling" })
        {
            one = stage switch
            {
                "reported" => one,
                "accepted" => await Requests.StepOkAsync(shared.Client, one.Id, "accept"),
                "dispatched" => await Requests.StepOkAsync(shared.Client, one.Id, "dispatch", """{"assignee":{"kind":"squad","id":"north"}}"""),
                _ => await Requests.StepOkAsync(shared.Client, one.Id, "start"),
            };
            var rows = table.Steps.Where(r => r.From.Contains(stage) && r.Condition is not ("proposed" or "called")).Select(r => r.Step).Distinct();
            Assert.Equal(rows.Order(), one.Allowed.Where(s => s is not "keep-apart").Order());
        }
        var dispatch = table.Steps.Single(r => r.Step == "dispatch");
        Assert.Equal(("dispatched", "assignee", "note", null), (dispatch.To, dispatch.Needs.Single(), dispatch.Takes.Single(), dispatch.Condition));
        Assert.Equal(["whistle", "department", "state"], table.Steps.Single(r => r.Step == "muster").Needs);
        Assert.Equal(["plain-spot", null], table.Steps.Where(r => r.Step == "close").Select(r => r.Condition).OrderByDescending(c => c));
    }
}
