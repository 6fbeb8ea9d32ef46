using Microsoft.Extensions.Logging;
using Situational.Domain.Territory;

namespace Situational.Grains.Squads;

/// <summary>
/// Tells grids what one squad's units do: first every grid that units are in it, then those that they left. Until the second word arrives
/// both grids list the unit, and the row of the higher sequence holds; a unit whose new grid cannot be told stays with the old one. What
/// fails is logged, counted, and told again at the next tick. Used inside one grain's turns only.
/// </summary>
/// <param name="squad">The squad's id.</param>
/// <param name="gridOf">The grid of a code.</param>
/// <param name="maxLeavings">How many leavings wait for one grid at most.</param>
/// <param name="metrics">Counts failures.</param>
/// <param name="log">Logs failures.</param>
internal sealed partial class GridTellers(string squad, Func<string, IGridGrain> gridOf, int maxLeavings, GrainsMetrics metrics, ILogger log)
{
    private readonly Dictionary<string, GridTeller> _byCode = new(StringComparer.Ordinal);
    private readonly List<GridTeller> _round = [];
    private readonly List<GridTeller> _leaving = [];
    private readonly List<Task<bool>> _calls = [];
    private GridTeller?[] _byOrdinal = [null];
    private TerritoryIndex? _index;

    /// <summary>Takes another territory's ordinals as a basis.</summary>
    public void Use(TerritoryIndex? index)
    {
        _index = index;
        _byOrdinal = new GridTeller?[(index?.Territory.Grids.Count ?? 0) + 1];
    }

    /// <summary>Tells the grids of changed units about them; of those that are off duty that they left.</summary>
    /// <param name="units">Each at most once; their list marks are taken back.</param>
    public async Task TellAsync(List<UnitTrack> units)
    {
        foreach (var unit in units)
        {
            unit.IsListed = false;
            if (unit.IsOff)
            {
                // After a start nobody knows who listed it last: the grid it was in is told in any case.
                Leave(unit.ToldAt ?? At(unit.Hold.Ordinal), unit);
                unit.ToldAt = null;
                unit.IsUntold = false;
                continue;
            }
            var teller = At(unit.Hold.Ordinal);
            if (teller.Units.Count == 0)
                _round.Add(teller);
            teller.Add(unit, squad);
        }
        foreach (var teller in _round)
            _calls.Add(TryAsync(teller, teller.TellPresentAsync()));
        await Task.WhenAll(_calls);
        for (var i = 0; i < _round.Count; i++)
            Settle(_round[i], _calls[i].Result);
        _round.Clear();
        _calls.Clear();
        await TellLeavingsAsync();
    }

    /// <summary>Tells leavings that wait, also those that could not be told before.</summary>
    public async Task TellLeavingsAsync()
    {
        if (_leaving.Count == 0)
            return;
        foreach (var teller in _leaving)
            _calls.Add(TryAsync(teller, teller.TellLeavingsAsync()));
        await Task.WhenAll(_calls);
        var kept = 0;
        for (var i = 0; i < _leaving.Count; i++)
        {
            var teller = _leaving[i];
            if (_calls[i].Result)
            {
                teller.ForgetLeavings();
                teller.IsLeavingListed = false;
            }
            else
            {
                _leaving[kept++] = teller;
            }
        }
        _leaving.RemoveRange(kept, _leaving.Count - kept);
        _calls.Clear();
    }

    private void Settle(GridTeller teller, bool told)
    {
        foreach (var unit in teller.Units)
        {
            unit.IsUntold = !told;
            if (!told || unit.ToldAt == teller)
                continue;
            if (unit.ToldAt is { } before)
                Leave(before, unit);
            unit.ToldAt = teller;
        }
        teller.Units.Clear();
    }

    private void Leave(GridTeller before, UnitTrack unit)
    {
        before.AddLeaving(unit, maxLeavings);
        if (before.IsLeavingListed)
            return;
        before.IsLeavingListed = true;
        _leaving.Add(before);
    }

    private GridTeller At(int ordinal)
    {
        ref var at = ref _byOrdinal[ordinal + 1];
        return at ??= ByCode(ordinal < 0 ? IGridGrain.Outside : _index!.Territory.Grids[ordinal].Code);
    }

    private GridTeller ByCode(string code)
    {
        if (!_byCode.TryGetValue(code, out var teller))
            _byCode[code] = teller = new GridTeller(code, gridOf(code));
        return teller;
    }

    private async Task<bool> TryAsync(GridTeller teller, Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (Exception fault)
        {
            metrics.Untold();
            LogUntold(fault, squad, teller.Code);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Squad {Squad}: grid {Grid} could not be told; it is told again.")]
    private partial void LogUntold(Exception fault, string squad, string grid);
}
