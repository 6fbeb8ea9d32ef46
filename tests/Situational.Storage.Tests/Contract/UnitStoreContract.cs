using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

public abstract class UnitStoreContract(StoreUnderTest store) : IDisposable
{

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Enrol_OfAnEnrolledUnit_KeepsItsSquad()
    {
        Assert.Equal(["s1", "s2"], await store.Units.EnrolAsync([new("u1", "s1"), new("u2", "s2")], default));
        Assert.Equal(["s9", "s1", "s2"], await store.Units.EnrolAsync([new("u3", "s9"), new("u1", "s9"), new("u2", "s9")], default));
        store.Close();
        Assert.Equal([new("u1", "s1"), new("u2", "s2"), new("u3", "s9")], await store.Units.LoadEnrolmentsAsync(default));
    }

    [Fact]
    public async Task Enrol_OfOneUnitTwiceInAList_FirstWins() =>
        Assert.Equal(["s1", "s1"], await store.Units.EnrolAsync([new("u", "s1"), new("u", "s2")], default));

    [Fact]
    public async Task Enrol_FromManyAtOnce_AllSeeTheSameSquad()
    {
        var squads = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.Units.EnrolAsync([new("u", $"s{i}")], default)));
        Assert.Single(squads.Select(s => s[0]).Distinct());
    }

    [Fact]
    public async Task Enrol_OfMoreThanOnePortion_KeepsTheOrder()
    {
        var units = Enumerable.Range(0, 2_500).Select(i => new UnitEnrolment($"u{i:0000}", $"s{i % 7}")).ToArray();
        Assert.Equal(units.Select(u => u.Squad), await store.Units.EnrolAsync(units, default));
        Assert.Equal(units, await store.Units.LoadEnrolmentsAsync(default));
    }

    [Fact]
    public async Task SaveFixes_KeepsTheLastSavedOfEachUnitWhateverItsTime()
    {
        await store.Units.SaveFixesAsync("s", [Fix("a", 10, 30.1), Fix("b", 10, 30.2)], default);
        await store.Units.SaveFixesAsync("s", [Fix("a", 9, 31), Fix("b", 11, 30.3), Fix("c", 1, 30.4)], default);
        await store.Units.SaveFixesAsync("s", [Fix("a", 8, 32)], default);
        store.Close();
        Assert.Equal([Fix("a", 8, 32), Fix("b", 11, 30.3), Fix("c", 1, 30.4)], await store.Units.LoadFixesAsync("s", default));
        Assert.Empty(await store.Units.LoadFixesAsync("t", default));
    }

    [Fact]
    public async Task SaveFixes_WithUnknownFigures_GivesThemBackUnknown()
    {
        var fix = Fix("a", 1, 30) with { AccuracyMeters = double.NaN, SpeedMetersPerSecond = double.NaN, HeadingDegrees = double.NaN };
        await store.Units.SaveFixesAsync("s", [fix], default);
        Assert.Equal([fix], await store.Units.LoadFixesAsync("s", default));
    }

    [Fact]
    public async Task SaveFixes_OfMoreThanOnePortion_KeepsAll()
    {
        var fixes = Enumerable.Range(0, 2_500).Select(i => Fix($"u{i:0000}", i, 30 + i / 10_000.0)).ToArray();
        await store.Units.SaveFixesAsync("s", fixes, default);
        Assert.Equal(fixes, await store.Units.LoadFixesAsync("s", default));
    }

    private static StoredFix Fix(string unit, int second, double latitude) =>
        new(unit, $"车 {unit}", "g1", latitude, 120.16, 5, 1.4, 90, TestGrid.Noon.AddSeconds(second));
}
