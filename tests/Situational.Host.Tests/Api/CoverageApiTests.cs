using System.Net;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class CoverageApiTests(HostFixture shared)
{
    [Theory]
    [InlineData("daily", 7)]
    [InlineData("monthly", 3)]
    [InlineData("quarterly", 31)]
    public async Task Shares_OfTheCity_HaveEveryGridAndPeriod(string cadence, int periods)
    {
        var answer = await Requests.GetAsync<CoverageAnswer>(shared.Client, $"api/v1/coverage?cadence={cadence}&periods={periods}");
        Assert.Equal((SmallCity.City, cadence), (answer.Area, answer.Cadence));
        Assert.Equal(SmallCity.Grids, answer.Grids.Select(g => g.Code).Order());
        Assert.Equal(answer.Periods.OrderDescending().Distinct(), answer.Periods);
        Assert.All([answer.Shares, .. answer.Grids.Select(g => g.Shares)], shares => Assert.Equal(periods, shares.Count));
        Assert.Equal(periods, answer.Periods.Count);
        Assert.Equal(answer.Grids.Select(g => g.Shares[0]).Order(), answer.Grids.Select(g => g.Shares[0]));
    }

    [Fact]
    public async Task Shares_OfAGridAlone_AreItsOwn()
    {
        var answer = await Requests.GetAsync<CoverageAnswer>(shared.Client, $"api/v1/coverage?area={SmallCity.Grids[3]}&periods=1");
        Assert.Equal(SmallCity.Grids[3], Assert.Single(answer.Grids).Code);
        Assert.Equal(answer.Shares, answer.Grids[0].Shares);
    }

    [Fact]
    public async Task Cells_OfAGridThatNobodyWalked_AreAllToBeWalked()
    {
        var answer = await Requests.GetAsync<GridCellsAnswer>(shared.Client, $"api/v1/coverage/{SmallCity.Grids[1]}?cadence=monthly&period=2026-02-14");
        Assert.Equal((new DateOnly(2026, 2, 1), 0.0, "monthly"), (answer.Period, answer.Share, answer.Cadence));
        var states = Convert.FromBase64String(answer.Cells);
        Assert.Equal((answer.Columns * answer.Rows + 3) / 4, states.Length);
        Assert.InRange(answer.Columns * answer.Rows, 30_000, 65_536);
        var (lat, lon) = SmallCity.Inside(1);
        var cell = (int)((lat - answer.South) / (answer.North - answer.South) * answer.Rows) * answer.Columns
            + (int)((lon - answer.West) / (answer.East - answer.West) * answer.Columns);
        Assert.Equal(1, states[cell / 4] >> (2 * (cell % 4)) & 3);
    }

    [Fact]
    public async Task Walk_OfAUnit_IsSeenInItsGridsShareAndCells()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (lat, lon) = SmallCity.Inside(2);
        var fixes = Enumerable.Range(0, 7).Select(i => FormattableString.Invariant(
            $$"""{"unit":"walker-1","lat":{{lat}},"lon":{{lon + i * 0.0005}},"at":{{now.AddSeconds(30 * (i - 6)).ToUnixTimeMilliseconds()}}}"""));
        await Requests.RecordAsync(shared.Client, "[" + string.Join(',', fixes) + "]");
        // By the quarter, which hardly ever ends during the walk.
        var address = $"api/v1/coverage/{SmallCity.Grids[2]}?cadence=quarterly";

        await Eventually.HoldsAsync(async () => (await Requests.GetAsync<GridCellsAnswer>(shared.Client, address)).Share >= 0.008, "the walk is seen");

        var cells = await Requests.GetAsync<GridCellsAnswer>(shared.Client, address);
        // 256 m by 30 m and its ends, of some 855 m by 1,110 m; units of other tests cross the grid, too.
        Assert.InRange(cells.Share, 0.008, 0.05);
        var walked = Convert.FromBase64String(cells.Cells).Sum(b => Enumerable.Range(0, 4).Count(i => (b >> (2 * i) & 3) == 3));
        Assert.InRange(walked, 300, 2_000);
    }

    [Theory]
    [InlineData("api/v1/coverage?area=nowhere", "area")]
    [InlineData("api/v1/coverage?cadence=hourly", "cadence")]
    [InlineData("api/v1/coverage?periods=0", "periods")]
    [InlineData("api/v1/coverage?periods=32", "periods")]
    [InlineData("api/v1/coverage/110000001001001?cadence=yearly", "cadence")]
    [InlineData("api/v1/coverage/110000001001001?period=yesterday", "period")]
    [InlineData("api/v1/coverage/110000001001001?period=2026-02-30", "period")]
    [InlineData("api/v1/coverage/110000001001001?period=9999-01-01", "period")]
    public async Task Question_ThatIsWrong_NamesTheField(string address, string field)
    {
        using var answer = await shared.Client.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Requests.FieldErrorAsync(answer, field);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(SmallCity.City)]
    public async Task Cells_OfWhatIsNoGrid_AreNotFound(string code)
    {
        using var answer = await shared.Client.GetAsync("api/v1/coverage/" + code);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Requests.ProblemAsync(answer);
    }
}
