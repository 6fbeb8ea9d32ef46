using Situational.Host.Kpis;
using Situational.Host.Tests.Support;

namespace Situational.Host.Tests.Kpis;

public sealed class TerritoryTreesTests
{
    [Fact]
    public async Task Tree_OfAVersion_IsReadOnceAndThatInForceNotAtAll()
    {
        var versions = new FakeVersions(3).InForce();
        var trees = new TerritoryTrees(versions, versions);

        var first = await trees.FindAsync(1, default);
        var again = await trees.FindAsync(1, default);
        var now = await trees.FindAsync(3, default);

        Assert.Same(first, again);
        Assert.Equal((FakeVersions.CityOf(1), FakeVersions.CityOf(3)), (first!.ParentOf(SmallCity.Grids[0]), now!.ParentOf(SmallCity.Grids[0])));
        Assert.Equal([1], versions.Loaded);
    }

    [Fact]
    public async Task Tree_OfAVersionThatIsNotKept_IsNull()
    {
        var versions = new FakeVersions(3);

        Assert.Null(await new TerritoryTrees(versions, versions).FindAsync(4, default));
    }

    [Fact]
    public async Task Trees_OfManyVersions_AreKeptUpToTheirBoundTheLastAskedOnes()
    {
        var versions = new FakeVersions(TerritoryTrees.MaxKept + 5);
        var trees = new TerritoryTrees(versions, versions);

        for (var version = 1; version <= TerritoryTrees.MaxKept + 5; version++)
        {
            await trees.FindAsync(version, default);
            await trees.FindAsync(1, default);
        }

        Assert.Equal(TerritoryTrees.MaxKept, trees.Count);
        Assert.Single(versions.Loaded, 1);
        await trees.FindAsync(2, default);
        Assert.Equal(2, versions.Loaded.Count(v => v == 2));
    }

    [Fact]
    public async Task Has_AnAreaOfAnEarlierVersion_IsTrue()
    {
        var versions = new FakeVersions(3).InForce();
        var trees = new TerritoryTrees(versions, versions);

        Assert.True(await trees.HasAsync(FakeVersions.CityOf(3), default));
        Assert.Empty(versions.Loaded);
        Assert.True(await trees.HasAsync(FakeVersions.CityOf(1), default));
        Assert.False(await trees.HasAsync("nowhere", default));
    }
}
