using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class UnitStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Enrol_OfAnEnrolledUnit_KeepsItsSquad()
    {
        Assert.Equal(["s1", "s2"], await _folder.Units.EnrolAsync([new("u1", "s1"), new("u2", "s2")], default));
        Assert.Equal(["s9", "s1", "s2"], await _folder.Units.EnrolAsync([new("u3", "s9"), new("u1", "s9"), new("u2", "s9")], default));
        _folder.Close();
        Assert.Equal([new("u1", "s1"), new("u2", "s2"), new("u3", "s9")], await _folder.Units.LoadEnrolmentsAsync(default));
    }

    [Fact]
    public async Task Enrol_OfOneUnitTwiceInAList_FirstWins() =>
        Assert.Equal(["s1", "s1"], await _folder.Units.EnrolAsync([new("u", "s1"), new("u", "s2")], default));

    [Fact]
    public async Task Enrol_FromManyAtOnce_AllSeeTheSameSquad()
    {
        var squads = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _folder.Units.EnrolAsync([new("u", $"s{i}")], default)));
        Assert.Single(squads.Select(s => s[0]).Distinct());
    }

    [Fact]
    public async Task Enrol_OfMoreThanOnePortion_KeepsTheOrder()
    {
        var units = Enumerable.Range(0, 2_500).Select(i => new UnitEnrolment($"u{i:0000}", $"s{i % 7}")).ToArray();
        Assert.Equal(units.Select(u => u.Squad), await _folder.Units.EnrolAsync(units, default));
        Assert.Equal(units, await _folder.Units.LoadEnrolmentsAsync(default));
    }

    [Fact]
    public async Task SaveFixes_KeepsTheLastSavedOfEachUnitWhateverItsTime()
    {
        await _folder.Units.SaveFixesAsync("s", [Fix("a", 10, 30.1), Fix("b", 10, 30.2)], default);
        await _folder.Units.SaveFixesAsync("s", [Fix("a", 9, 31), Fix("b", 11, 30.3), Fix("c", 1, 30.4)], default);
        await _folder.Units.SaveFixesAsync("s", [Fix("a", 8, 32)], default);
        _folder.Close();
        Assert.Equal([Fix("a", 8, 32), Fix("b", 11, 30.3), Fix("c", 1, 30.4)], await _folder.Units.LoadFixesAsync("s", default));
        Assert.Empty(await _folder.Units.LoadFixesAsync("t", default));
    }

    [Fact]
    public async Task SaveFixes_WithUnknownFigures_GivesThemBackUnknown()
    {
        var fix = Fix("a", 1, 30) with { AccuracyMeters = double.NaN, SpeedMetersPerSecond = double.NaN, HeadingDegrees = double.NaN };
        await _folder.Units.SaveFixesAsync("s", [fix], default);
        Assert.Equal([fix], await _folder.Units.LoadFixesAsync("s", default));
    }

    [Fact]
    public async Task SaveFixes_OfMoreThanOnePortion_KeepsAll()
    {
        var fixes = Enumerable.Range(0, 2_500).Select(i => Fix($"u{i:0000}", i, 30 + i / 10_000.0)).ToArray();
        await _folder.Units.SaveFixesAsync("s", fixes, default);
        Assert.Equal(fixes, await _folder.Units.LoadFixesAsync("s", default));
    }

    private static StoredFix Fix(string unit, int second, double latitude) =>
        new(unit, $"车 {unit}", "g1", latitude, 120.16, 5, 1.4, 90, TestGrid.Noon.AddSeconds(second));
}
