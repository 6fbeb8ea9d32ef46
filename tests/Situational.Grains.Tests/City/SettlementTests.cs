using Microsoft.Extensions.Logging.Abstractions;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.City;
using Situational.Grains.Territory;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.City;

public sealed class SettlementTests
{
    private static readonly string West = Street.Grid(0);
    private static readonly string East = Street.Grid(1);

    private readonly ManualTime _time = new();
    private readonly MemoryStores _stores = new();
    private readonly List<string> _asked = [];
    private readonly Settlement _settlement;
    private Func<string, bool> _isThrough = _ => true;

    public SettlementTests() => _settlement = new Settlement(
        _stores, new Rounds(1, NullLogger.Instance), new SituationClock(_time),
        (grid, _) =>
        {
            _asked.Add(grid);
            return Task.FromResult(_isThrough(grid));
        },
        NullLogger.Instance);

    [Fact]
    public async Task Look_AGridThatWasThroughIsGivenACaseOfAnOlderVersion_IsSettledOnlyWhenThatHasMovedOnToo()
    {
        var index = await SecondVersionAsync();
        var (inEast, inWest) = (2, 0);
        _isThrough = grid =>
        {
            if (grid == West)
                return inWest == 0 || --inWest == 0;
            // What the east sent off before it heard of the version lands in the west after that was asked.
            if (inEast > 0 && --inEast == 0)
                inWest = 3;
            return inEast == 0;
        };
        await PassAsync(index);
        Assert.Equal((1, 0), (_settlement.Unsettled(2), inWest));
        await PassAsync(index);
        Assert.Equal((true, 3), (_settlement.Unsettled(2) != 0, inWest));
        for (var i = 0; i < 2; i++)
        {
            await PassAsync(index);
            Assert.Equal(1, _settlement.Unsettled(2));
        }
        await PassAsync(index);
        Assert.Equal((true, 0), (_settlement.Unsettled(2) != 0, inWest));
        _asked.Clear();
        await PassAsync(index);
        Assert.Equal([West, East], _asked.Order());
        Assert.Equal(0, _settlement.Unsettled(2));
    }

    [Fact]
    public async Task Look_AllAreThroughAtOnce_AsksOnceMoreBeforeItSaysSoAndSweepsOnce()
    {
        var index = await SecondVersionAsync();
        await PassAsync(index);
        Assert.Equal(-1, _settlement.Unsettled(2));
        await PassAsync(index);
        Assert.Equal((0, 4), (_settlement.Unsettled(2), _asked.Count));
        for (var i = 0; i < 30; i++)
            await PassAsync(index);
        Assert.Equal((0, 6), (_settlement.Unsettled(2), _asked.Count));
    }

    [Fact]
    public async Task Look_TheSweepFindsACase_IsNotSettledUntilItHasMoved()
    {
        var index = await SecondVersionAsync();
        await PassAsync(index);
        await PassAsync(index);
        _isThrough = grid => grid != West;
        for (var i = 0; i < 12; i++)
            await PassAsync(index);
        Assert.Equal(1, _settlement.Unsettled(2));
        _isThrough = _ => true;
        await PassAsync(index);
        await PassAsync(index);
        Assert.Equal(0, _settlement.Unsettled(2));
    }

    [Fact]
    public async Task Look_TheVersionsCannotBeRead_SkipsNoPass()
    {
        var index = await SecondVersionAsync();
        for (var pass = 1; pass <= 3; pass++)
        {
            _stores.Away = true;
            for (var i = 0; i < 12; i++)
                await PassAsync(index);
            Assert.Equal((pass - 1) * 2, _asked.Count);
            Assert.Equal(pass == 3, _settlement.Unsettled(2) == 0);
            _stores.Away = false;
            await PassAsync(index);
            Assert.Equal(pass * 2, _asked.Count);
        }
    }

    [Fact]
    public async Task Look_AGridDoesNotAnswer_IsAskedAgain()
    {
        var index = await SecondVersionAsync();
        _isThrough = grid => grid == East ? throw new TimeoutException() : true;
        await PassAsync(index);
        Assert.Equal(1, _settlement.Unsettled(2));
        _asked.Clear();
        await PassAsync(index);
        Assert.Equal(East, Assert.Single(_asked));
    }

    private async Task PassAsync(TerritoryIndex index)
    {
        _settlement.Look(index);
        await _settlement.Running;
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>A city of two grids that has become one of one grid.</summary>
    private async Task<TerritoryIndex> SecondVersionAsync()
    {
        await AddAsync(1, columns: 2);
        return await AddAsync(2, columns: 1);
    }

    private async Task<TerritoryIndex> AddAsync(int version, int columns)
    {
        var proposal = Street.Proposal(columns);
        var stored = new StoredTerritory(version, proposal.GeoJson.AsMemory(), proposal.Fingerprint, _time.GetUtcNow());
        Assert.True(await _stores.TryAddAsync(stored, null, CancellationToken.None));
        return TerritorySource.Read(stored);
    }
}
