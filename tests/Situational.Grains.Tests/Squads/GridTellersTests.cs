using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Situational.Domain.Journal;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;
using Situational.Grains.Squads;
using Situational.Grains.Territory;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Squads;

[Trait("Fault", "12")]
public sealed class GridTellersTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Dictionary<string, Listener> _grids = [];
    private readonly GridTellers _tellers;
    private long _sequence;

    public GridTellersTests()
    {
        _tellers = new GridTellers(
            "s", code => Grid(code), 3, new GrainsMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger.Instance);
        var proposal = Street.Proposal(4);
        _tellers.Use(TerritorySource.Read(new StoredTerritory(1, proposal.GeoJson.AsMemory(), proposal.Fingerprint)));
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Tell_AGridThatFails_HoldsUpNeitherTheOthersNorTheBatch()
    {
        var (a, b) = (new UnitTrack("a"), new UnitTrack("b"));
        Grid(0).Fails = true;
        await TellAsync((a, 0), (b, 1));
        Assert.Equal((true, false), (a.IsUntold, b.IsUntold));
        Assert.Equal(["b"], Grid(1).Units);
        Grid(0).Fails = false;
        await TellAsync((a, 0));
        Assert.False(a.IsUntold);
        Assert.Equal(["a"], Grid(0).Units);
    }

    [Fact]
    public async Task Tell_TheNewGridFails_TheOldOneKeepsTheUnitUntilItSucceeds()
    {
        var unit = new UnitTrack("u");
        await TellAsync((unit, 0));
        Grid(1).Fails = true;
        await TellAsync((unit, 1));
        Assert.Equal(["u"], Grid(0).Units);
        Grid(1).Fails = false;
        await TellAsync((unit, 1));
        Assert.Equal((0, 1), (Grid(0).Units.Count, Grid(1).Units.Count));
    }

    [Fact]
    public async Task Tell_TheOldGridFails_IsToldAgainUntilItHears()
    {
        var unit = new UnitTrack("u");
        await TellAsync((unit, 0));
        Grid(0).Fails = true;
        await TellAsync((unit, 1));
        Assert.Equal((1, 1), (Grid(0).Units.Count, Grid(1).Units.Count));
        await _tellers.TellLeavingsAsync();
        Grid(0).Fails = false;
        await _tellers.TellLeavingsAsync();
        Assert.Equal((0, 1), (Grid(0).Units.Count, Grid(1).Units.Count));
        var calls = Grid(0).Calls;
        await _tellers.TellLeavingsAsync();
        Assert.Equal(calls, Grid(0).Calls);
    }

    [Fact]
    public async Task Tell_ALeavingThatArrivesAfterTheUnitCameBack_DoesNotTakeItAway()
    {
        var unit = new UnitTrack("u");
        await TellAsync((unit, 0));
        Grid(0).FailsLeavings = true;
        await TellAsync((unit, 1));
        await TellAsync((unit, 0));
        Grid(0).FailsLeavings = false;
        await _tellers.TellLeavingsAsync();
        Assert.Equal(["u"], Grid(0).Units);
        Assert.Empty(Grid(1).Units);
    }

    [Fact]
    public async Task Tell_LeavingsOfAGridThatNeverHears_AreBounded()
    {
        var units = Enumerable.Range(0, 10).Select(i => new UnitTrack("u" + i)).ToArray();
        await TellAsync([.. units.Select(u => (u, 0))]);
        Grid(0).FailsLeavings = true;
        await TellAsync([.. units.Select(u => (u, 1))]);
        Grid(0).FailsLeavings = false;
        await _tellers.TellLeavingsAsync();
        Assert.Equal(7, Grid(0).Units.Count);
        Assert.Equal(10, Grid(1).Units.Count);
    }

    [Fact]
    public async Task Tell_ManyGridsFailingAtRandom_EveryUnitEndsInExactlyOneGrid()
    {
        var random = new Random(3);
        var units = Enumerable.Range(0, 3).Select(i => new UnitTrack("u" + i)).ToArray();
        for (var round = 0; round < 500; round++)
        {
            for (var i = -1; i < 4; i++)
                Grid(i).Fails = random.Next(4) == 0;
            await TellAsync([.. units.Select(u => (u, random.Next(3) == 0 ? random.Next(-1, 4) : u.Hold.Ordinal))]);
        }
        for (var i = -1; i < 4; i++)
            Grid(i).Fails = false;
        await TellAsync([.. units.Select(u => (u, u.Hold.Ordinal))]);
        foreach (var unit in units)
            Assert.Equal(Grid(unit.Hold.Ordinal), Assert.Single(_grids.Values, g => g.Units.Contains(unit.Unit)));
    }

    private Listener Grid(int ordinal) => Grid(ordinal < 0 ? IGridGrain.Outside : Street.Grid(ordinal));

    private Listener Grid(string code) => _grids.TryGetValue(code, out var grid) ? grid : _grids[code] = new Listener();

    private Task TellAsync(params (UnitTrack Unit, int Ordinal)[] moves)
    {
        foreach (var (unit, ordinal) in moves)
        {
            unit.Hold = GridHold.In(ordinal);
            unit.Sequence = ++_sequence;
        }
        return _tellers.TellAsync([.. moves.Select(m => m.Unit)]);
    }

    /// <summary>A grid that only listens, by the rule of the higher sequence, and fails when told.</summary>
    private sealed class Listener : IGridGrain
    {
        private readonly Dictionary<string, long> _units = [];

        public bool Fails { get; set; }

        public bool FailsLeavings { get; set; }

        public int Calls { get; private set; }

        public ICollection<string> Units => _units.Keys;

        public Task UnitsMovedAsync(UnitsMoved moved, CancellationToken cancellationToken)
        {
            Calls++;
            if (Fails || (FailsLeavings && moved.Left.Length > 0))
                return Task.FromException(new TimeoutException("The test wanted it."));
            foreach (var row in moved.Present)
                _units[row.Unit] = row.Sequence;
            foreach (var left in moved.Left)
                if (_units.TryGetValue(left.Unit, out var sequence) && sequence <= left.Sequence)
                    _units.Remove(left.Unit);
            return Task.CompletedTask;
        }

        public Task<ReportReceipt> ReportAsync(ReportCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<HandoverVerdict> TakeOverAsync(HandoverMessage handover, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> SettleAsync(int territoryVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CaseReceipt> ActAsync(CaseCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<GridChange> StateAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SayAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<GridDescription> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
