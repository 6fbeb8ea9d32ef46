using System.Collections.Immutable;
using Situational.Grains.Messages;

namespace Situational.Grains.Squads;

/// <summary>What one squad has to tell one grid. Changed inside one grain's turns only; its buffers are used again.</summary>
/// <param name="code">The grid's code, or <see cref="IGridGrain.Outside"/>.</param>
/// <param name="grain">The grid.</param>
internal sealed class GridTeller(string code, IGridGrain grain)
{
    private readonly ImmutableArray<UnitRow>.Builder _present = ImmutableArray.CreateBuilder<UnitRow>();
    private readonly ImmutableArray<UnitLeft>.Builder _left = ImmutableArray.CreateBuilder<UnitLeft>();

    /// <summary>The grid's code.</summary>
    public string Code => code;

    /// <summary>Units whose rows are in the present round.</summary>
    public List<UnitTrack> Units { get; } = [];

    /// <summary>Leavings that wait to be told.</summary>
    public int LeavingCount => _left.Count;

    /// <summary>It is in the list of grids to be told leavings.</summary>
    public bool IsLeavingListed { get; set; }

    /// <summary>Adds a unit that is there.</summary>
    public void Add(UnitTrack unit, string squad)
    {
        _present.Add(unit.ToRow(squad));
        Units.Add(unit);
    }

    /// <summary>Adds a unit that left, unless that many wait already; then the grid drops it when nobody says it any more.</summary>
    public void AddLeaving(UnitTrack unit, int bound)
    {
        if (_left.Count < bound)
            _left.Add(new UnitLeft(unit.Unit, unit.Sequence));
    }

    /// <summary>Tells who is there and empties the rows, whatever comes of it.</summary>
    public Task TellPresentAsync()
    {
        var moved = new UnitsMoved(_present.ToImmutable(), []);
        _present.Clear();
        return grain.UnitsMovedAsync(moved, CancellationToken.None);
    }

    /// <summary>Tells who left; the leavings stay until <see cref="ForgetLeavings"/>.</summary>
    public Task TellLeavingsAsync() => grain.UnitsMovedAsync(new UnitsMoved([], _left.ToImmutable()), CancellationToken.None);

    /// <summary>The leavings were told.</summary>
    public void ForgetLeavings() => _left.Clear();
}
