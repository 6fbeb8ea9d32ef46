using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class AreasApiTests(HostFixture shared)
{
    [Fact]
    public async Task Area_OfTheCity_HasItsPlaceInTheTreeAndItsFigures()
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 1, "blue");

        AreaAnswer? area = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                var grid = await Requests.GetAsync<AreaAnswer>(shared.Client, "api/v1/areas/" + opened.Grid);
                area = await Requests.GetAsync<AreaAnswer>(shared.Client, "api/v1/areas/" + SmallCity.City);
                return grid.Open.Blue > 0 && area.Open.Blue >= grid.Open.Blue;
            },
            "the case is in no figure");

        Assert.Equal(("小城", "city", null, 4, 1), (area!.Name, area.Level, area.Parent, area.Grids, area.TerritoryVersion));
        Assert.Equal(SmallCity.Grids, area.Children);
    }

    [Theory]
    [InlineData("", "zh-CN", "案件")]
    [InlineData("?lang=en", "en", "open red case")]
    [InlineData("?lang=zh", "zh-CN", "案件")]
    public async Task Grid_WithACase_ListsItAndTheReasonsInTheReadersLanguage(string query, string language, string words)
    {
        var opened = await Requests.OpenCaseAsync(shared.Client, 2);

        using var answer = await shared.Client.GetAsync($"api/v1/grids/{opened.Grid}{query}");

        var grid = await Requests.ReadAsync<GridAnswer>(answer);
        Assert.Equal(language, Assert.Single(answer.Content.Headers.ContentLanguage));
        Assert.Contains(opened.Id, grid.Cases);
        Assert.True(grid.Open.Red > 0);
        Assert.Contains(grid.Reasons, r => r.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api/v1/areas/nowhere")]
    [InlineData("api/v1/grids/nowhere")]
    [InlineData("api/v1/grids/outside")]
    [InlineData("api/v1/grids/110000")]
    public async Task Area_ThatIsUnknown_Is404(string address)
    {
        using var answer = await shared.Client.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Requests.ProblemAsync(answer);
    }

    [Fact]
    public async Task Units_PageByPage_AreAllInOrder()
    {
        var now = TimeProvider.System.GetUtcNow();
        var ids = Enumerable.Range(0, 25).Select(i => $"page-{i:00}").ToArray();
        await Requests.RecordAsync(shared.Client, "[" + string.Join(',', ids.Select(id => Requests.Fix(id, 0, now))) + "]");
        await Eventually.HoldsAsync(
            async () => (await Requests.GetAsync<UnitAnswer[]>(shared.Client, "api/v1/units?limit=10000")).Count(u => ids.Contains(u.Id)) == ids.Length,
            "not all units were seen");

        var found = new List<string>();
        while (true)
        {
            var page = await Requests.GetAsync<UnitAnswer[]>(
                shared.Client, $"api/v1/units?area={SmallCity.Grids[0]}&limit=7" + (found.Count == 0 ? "" : "&after=" + Uri.EscapeDataString(found[^1])));
            if (page.Length == 0)
                break;
            Assert.InRange(page.Length, 1, 7);
            found.AddRange(page.Select(u => u.Id));
        }

        Assert.Equal(found.Order(StringComparer.Ordinal), found);
        Assert.Equal(ids, found.Where(id => id.StartsWith("page-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("limit=10001", "limit")]
    [InlineData("area=nowhere", "area")]
    public async Task Units_ParameterThatIsWrong_Is400NamingIt(string query, string field)
    {
        using var answer = await shared.Client.GetAsync("api/v1/units?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await Requests.FieldErrorAsync(answer, field));
    }
}
