using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Upkeep;

/// <summary>The rows of the past are held to the events: what is damaged, missing or too much is found and named.</summary>
public sealed class VerifyPastTests : IDisposable
{
    private readonly StoreFolder _folder = new(("SnapshotEvery", "5"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE past SET data = replace(data, 'other', 'othor') WHERE case_id LIKE '%1001-1'", "a past row of case 330106001001001-1: its checksum does not match")]
    [InlineData("UPDATE past_now SET checksum = checksum + 1 WHERE case_id LIKE '%1001-3'", "a past row of case 330106001001001-3: its checksum does not match")]
    [InlineData("DELETE FROM past WHERE case_id LIKE '%1001-7' AND class = 0 AND since = (SELECT min(since) FROM past WHERE case_id LIKE '%1001-7')", "the past of case 330106001001001-7: its rows are not what its history folds to")]
    [InlineData("DELETE FROM past WHERE class = -1 AND case_id LIKE '%1001-2'", "the past of case 330106001001001-2: its rows are not what its history folds to")]
    [InlineData("DELETE FROM past_now WHERE case_id LIKE '%1001-6'", "the past of case 330106001001001-6: its rows are not what its history folds to")]
    [InlineData("UPDATE past_now SET since = since + 1 WHERE case_id LIKE '%1001-6'", "the past of case 330106001001001-6: its rows are not what its history folds to")]
    [InlineData("UPDATE past SET until = until - 1 WHERE class = 0 AND case_id LIKE '%1001-4'", "the past of case 330106001001001-4: its rows are not what its history folds to")]
    [InlineData("UPDATE past SET class = 3 WHERE class = 0 AND case_id LIKE '%1001-4'", "a past row of case 330106001001001-4: it is not where its time belongs")]
    [InlineData("UPDATE past SET class = 0, until = since WHERE class = -1 AND case_id LIKE '%1001-2'", "a past row of case 330106001001001-2: it is not where its stage belongs")]
    [InlineData("INSERT INTO past_now SELECT '330106001001001-99', since, data, checksum FROM past_now LIMIT 1", "the past of case 330106001001001-99: its rows are not what its history folds to")]
    [InlineData("INSERT INTO past_kept VALUES (0); DELETE FROM past WHERE case_id LIKE '%1001-1'", "the past of case 330106001001001-1: its rows are not what its history folds to")]
    public async Task Verify_OfADamagedPast_NamesTheCase(string damage, string named)
    {
        await LivingCity.FillAsync(_folder);
        await DamageAsync(damage);
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains($"{_folder.File}: {named}.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Fact]
    public async Task Verify_OfAPastThatWasForgotten_FindsNothing()
    {
        var city = await LivingCity.FillAsync(_folder);
        var middle = TestGrid.Noon + (city.Now - TestGrid.Noon) / 2;
        Assert.Equal(3, await _folder.Past.ForgetAsync(middle, 3, default));
        await AssertWellAsync();
        Assert.True(await _folder.Past.ForgetAsync(middle, 1_000, default) > 3);
        await AssertWellAsync();
        await DamageAsync("DELETE FROM past WHERE since = (SELECT max(since) FROM past WHERE class = 0)");
        Assert.Equal(2, (await UpkeepCommand.RunAsync("verify", "--data", _folder.Data)).Code);
    }

    [Fact]
    public async Task Verify_OfADamagedHistory_SaysThatThePastIsNotCompared()
    {
        await LivingCity.FillAsync(_folder);
        await DamageAsync("DELETE FROM events WHERE version = 4 AND grid LIKE '%1'; DELETE FROM past_now");
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Contains("the past are not compared", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the past of case", run.Output, StringComparison.Ordinal);
    }

    private async Task AssertWellAsync()
    {
        _folder.Close();
        var run = await UpkeepCommand.RunAsync("verify", "--data", _folder.Data);
        Assert.Equal(("", 0), (run.Faults, run.Code));
    }

    private async Task DamageAsync(string damage)
    {
        await _folder.Store.WriteAsync(session =>
        {
            var rows = 0;
            foreach (var statement in damage.Split(';'))
                rows = session.Run(statement);
            Assert.True(rows > 0);
            return rows;
        }, default);
        _folder.Close();
    }
}
