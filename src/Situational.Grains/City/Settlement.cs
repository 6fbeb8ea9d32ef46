using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Territory;

namespace Situational.Grains.City;

/// <summary>
/// Has every grid of every version hand over the open cases that the version in force gives to another grid, until none is left. It begins
/// anew with each activation of the city and each version, and asks again what failed: what a crash interrupts, the next activation ends.
/// Runs inside the city's turns, beside its rounds.
/// </summary>
/// <remarks>
/// A grid that had nothing to hand over may yet be given a case that another grid sent off under an older version, and then has to hand that
/// one on. Once each grid has said that it is through, nothing is on its way under an older version any more: all is settled when after that
/// every grid says so once more in one pass.
/// </remarks>
/// <param name="territories">Where the versions are kept: grids of old ones may hold cases though no map shows them any more.</param>
/// <param name="rounds">Makes the calls.</param>
/// <param name="clock">The silo's clock.</param>
/// <param name="settleAsync">Asks a grid; true when nothing of it is left to hand over.</param>
/// <param name="log">Says when all is settled.</param>
internal sealed partial class Settlement(
    ITerritoryStore territories, Rounds rounds, SituationClock clock, Func<string, int, Task<bool>> settleAsync, ILogger log)
{
    /// <summary>After so long every grid is asked once more: a silo that heard late of the version may have let a report in behind the last asking.</summary>
    private const long SweepAfterMs = 10_000;

    private const long AgainAfterMs = 1_000;

    /// <summary>The grids that the next pass asks; null for all.</summary>
    private string[]? _left;

    private int _version;
    private int _unsettled = -1;
    private bool _eachOnce;
    private int _settled;
    private long _nextAt;

    /// <summary>What is under way, or what was last.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>How many grids are not settled under that version: -1 when they are not counted yet, 0 when all are.</summary>
    public int Unsettled(int version) => version <= 1 ? 0 : version != _version ? -1 : _unsettled;

    /// <summary>Starts what is to be done, if nothing is under way; called once a second.</summary>
    /// <param name="index">The territory in force, if any.</param>
    public void Look(TerritoryIndex? index)
    {
        if (index is null || !Running.IsCompleted)
            return;
        var version = index.Territory.Version;
        if (version != _version)
        {
            _version = version;
            _left = null;
            _unsettled = -1;
            _eachOnce = false;
            _settled = 0;
            _nextAt = clock.SteadyMs;
        }
        // A city's first territory moves nothing.
        if (version <= 1 || _settled > 1 || clock.SteadyMs < _nextAt)
            return;
        Running = PassAsync(index);
    }

    private async Task PassAsync(TerritoryIndex index)
    {
        var version = index.Territory.Version;
        try
        {
            var all = _left is null;
            var asked = _left ?? await CodesAsync(index);
            var left = new HashSet<string>(asked, StringComparer.Ordinal);
            await rounds.CallAsync(asked, async grid =>
            {
                if (await settleAsync(grid, version))
                    left.Remove(grid);
            });
            _nextAt = clock.SteadyMs + AgainAfterMs;
            _left = left.Count > 0 ? [.. left] : null;
            if (_left is not null)
            {
                _unsettled = left.Count;
                return;
            }
            if (!all || !_eachOnce)
            {
                _eachOnce = true;
                return;
            }
            if (_unsettled != 0)
                LogSettled(version, asked.Length);
            _unsettled = 0;
            _settled++;
            _nextAt = clock.SteadyMs + SweepAfterMs;
        }
        catch (Exception fault)
        {
            LogFault(fault, version);
            _nextAt = clock.SteadyMs + AgainAfterMs;
        }
    }

    /// <summary>The grids of all versions up to the one in force.</summary>
    private async Task<string[]> CodesAsync(TerritoryIndex index)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var grid in index.Territory.Grids)
            codes.Add(grid.Code);
        foreach (var known in await territories.ListAsync(CancellationToken.None))
            if (known.Version < index.Territory.Version && await territories.LoadAsync(known.Version, CancellationToken.None) is { } stored)
                foreach (var grid in await Task.Run(() => TerritorySource.Read(stored).Territory.Grids))
                    codes.Add(grid.Code);
        return [.. codes];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "City: all cases have found their grids under territory version {Version}; {Grids} say so.")]
    private partial void LogSettled(int version, int grids);

    [LoggerMessage(Level = LogLevel.Warning, Message = "City: the cases could not all be settled under territory version {Version} yet; tried again.")]
    private partial void LogFault(Exception fault, int version);
}
