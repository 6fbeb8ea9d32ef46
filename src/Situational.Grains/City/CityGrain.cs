using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains.Grids;
using Situational.Grains.Messages;
using Situational.Grains.Territory;

namespace Situational.Grains.City;

/// <summary>
/// The city. Brings territories into force, has the grids hand over the cases that a new one gives to others, wakes every grid, and goes its
/// rounds: each second it calls on a thirtieth of the grids and squads, so that each speaks every <see cref="RoundSeconds"/>.
/// </summary>
public sealed partial class CityGrain : Grain, ICityGrain
{
    /// <summary>Seconds in which a round passes every grid and squad once.</summary>
    public const int RoundSeconds = 30;

    /// <summary>Most squads the rounds wake.</summary>
    public const int MaxSquads = 10_000;

    private const int CallsAtOnce = 64;
    private const long EnrolmentsAgainMs = 5_000;

    private readonly ITerritoryStore _territories;
    private readonly IUnitStore _units;
    private readonly ITerritorySource _source;
    private readonly SituationClock _clock;
    private readonly ILogger<CityGrain> _log;
    private readonly Rounds _rounds;
    private readonly Settlement _settlement;
    private readonly HashSet<string> _squads = new(StringComparer.Ordinal);
    private readonly List<string> _squadOrder = [];
    private List<string> _newSquads = [];
    private TerritoryIndex? _warmed;
    private Task _round = Task.CompletedTask;
    private Task<IReadOnlyList<UnitEnrolment>>? _loading;
    private bool _loaded;
    private long _loadAt;
    private int _step;
    private bool _saidFull;

    /// <summary>Made by the runtime.</summary>
    public CityGrain(ITerritoryStore territories, IUnitStore units, ITerritorySource source, SituationClock clock, ILogger<CityGrain> log)
    {
        _territories = territories;
        _units = units;
        _source = source;
        _clock = clock;
        _log = log;
        _rounds = new Rounds(CallsAtOnce, log);
        _settlement = new Settlement(territories, _rounds, clock, (grid, version) =>
            GrainFactory.GetGrain<IGridGrain>(grid).SettleAsync(version, CancellationToken.None), log);
    }

    private int Version => _source.Current?.Territory.Version ?? 0;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await ReadTerritoryAsync(cancellationToken);
        this.RegisterGrainTimer(
            static (city, cancellation) => city.TickAsync(cancellation), this,
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TimeSpan.FromSeconds(1), KeepAlive = true });
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _rounds.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<TerritoryReceipt> PutTerritoryAsync(TerritoryProposal proposal, CancellationToken cancellationToken)
    {
        // A store that holds a wrong fingerprint counts as damaged ever after.
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(proposal.GeoJson.AsSpan())), proposal.Fingerprint, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The fingerprint is not that of the territory.", nameof(proposal));
        try
        {
            var inForce = await _territories.LoadNewestAsync(cancellationToken);
            if (inForce is not null && string.Equals(inForce.Fingerprint, proposal.Fingerprint, StringComparison.Ordinal))
                return await ReceiptAsync(TerritoryVerdict.Same, inForce.Version, cancellationToken);
            if ((inForce?.Version ?? 0) != proposal.Replaces)
                return await ReceiptAsync(TerritoryVerdict.Another, inForce?.Version ?? 0, cancellationToken);
            var next = new StoredTerritory(proposal.Replaces + 1, proposal.GeoJson.AsMemory(), proposal.Fingerprint, _clock.Now);
            // What cannot be read must never come into force.
            var read = await Task.Run(() => TerritorySource.Read(next), cancellationToken);
            if (inForce is not null && await _source.AtLeastAsync(inForce.Version, cancellationToken) is { } present
                && present.Territory.City.Code != read.Territory.City.Code)
                return new TerritoryReceipt(TerritoryVerdict.OtherCity, inForce.Version);
            if (!await _territories.TryAddAsync(next, GridAudit.Of(proposal, next), CancellationToken.None))
                return await ReceiptAsync(TerritoryVerdict.Another, next.Version, cancellationToken);
            LogInForce(next.Version, read.Territory.Grids.Count);
            return await ReceiptAsync(TerritoryVerdict.InForce, next.Version, cancellationToken);
        }
        catch (JournalUnavailableException away)
        {
            LogStoreAway(away);
            return new TerritoryReceipt(TerritoryVerdict.StoreAway, Version);
        }
    }

    /// <inheritdoc />
    public Task<int> TerritoryVersionAsync(CancellationToken cancellationToken) => Task.FromResult(Version);

    /// <inheritdoc />
    public Task<TerritoryStanding> StandingAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new TerritoryStanding(Version, _settlement.Unsettled(Version)));

    /// <inheritdoc />
    public Task SquadSeenAsync(string squad, CancellationToken cancellationToken)
    {
        Note(squad);
        return Task.CompletedTask;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        if (_source.Current is null)
            await ReadTerritoryAsync(cancellationToken);
        LookAtEnrolments();
        _settlement.Look(_source.Current);
        // A round that is not through yet is not overtaken: what it does not reach now, it reaches a little later.
        if (_round.IsCompleted)
            _round = GoRoundAsync();
    }

    private async Task<TerritoryReceipt> ReceiptAsync(TerritoryVerdict verdict, int version, CancellationToken cancellationToken)
    {
        if (version > 0)
            await _source.AtLeastAsync(version, cancellationToken);
        return new TerritoryReceipt(verdict, version);
    }

    private async Task GoRoundAsync()
    {
        var index = _source.Current;
        if (index is not null && !ReferenceEquals(index, _warmed))
        {
            _warmed = index;
            var all = Codes(index, 0, 1);
            var failed = await _rounds.CallAsync(all, SayAsync);
            LogWarmedUp(all.Count, failed, index.Territory.Version);
        }
        if (_newSquads.Count > 0)
        {
            // After a start nobody waits half a minute for the units of squads that send nothing.
            var known = _newSquads;
            _newSquads = [];
            await _rounds.CallAsync(known, WakeAsync);
        }
        var step = _step++ % RoundSeconds;
        await _rounds.CallAsync(Codes(index, step, RoundSeconds), SayAsync);
        await _rounds.CallAsync(SquadsOf(step), WakeAsync);
    }

    private Task SayAsync(string grid) => GrainFactory.GetGrain<IGridGrain>(grid).SayAsync(CancellationToken.None);

    private Task WakeAsync(string squad) => GrainFactory.GetGrain<ISquadGrain>(squad).WakeAsync(CancellationToken.None);

    /// <summary>Every n-th grid from a first one on; the pseudo-grid comes before all others.</summary>
    private static List<string> Codes(TerritoryIndex? index, int first, int every)
    {
        var codes = new List<string>();
        var grids = index?.Territory.Grids;
        for (var i = first; i <= (grids?.Count ?? 0); i += every)
            codes.Add(i == 0 ? IGridGrain.Outside : grids![i - 1].Code);
        return codes;
    }

    private List<string> SquadsOf(int step)
    {
        var squads = new List<string>();
        for (var i = step; i < _squadOrder.Count; i += RoundSeconds)
            squads.Add(_squadOrder[i]);
        return squads;
    }

    private void Note(string squad)
    {
        if (_squads.Contains(squad))
            return;
        if (_squads.Count >= MaxSquads)
        {
            // Once an activation: squads beyond the bound go on speaking, each every time it wakes.
            if (!_saidFull)
                LogSquadsFull(MaxSquads);
            _saidFull = true;
            return;
        }
        _squads.Add(squad);
        _squadOrder.Add(squad);
        _newSquads.Add(squad);
    }

    private async Task ReadTerritoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _source.AtLeastAsync(1, cancellationToken);
        }
        catch (JournalUnavailableException away)
        {
            LogStoreAway(away);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The city stays awake: squads and the pseudo-grid need no territory, and a mended store is read without a restart.
            LogTerritoryFault(fault);
        }
    }

    private void LookAtEnrolments()
    {
        if (_loaded)
            return;
        if (_loading is { IsCompleted: true } loading)
        {
            _loading = null;
            if (loading.IsCompletedSuccessfully)
            {
                _loaded = true;
                foreach (var unit in loading.Result)
                    Note(unit.Squad);
                return;
            }
            _loadAt = _clock.SteadyMs + EnrolmentsAgainMs;
            LogStoreAway(loading.Exception?.InnerException);
        }
        if (_loading is null && _clock.SteadyMs >= _loadAt)
            _loading = LoadEnrolmentsAsync();
    }

    private async Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync() => await _units.LoadEnrolmentsAsync(CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Warning, Message = "City: the store is away.")]
    private partial void LogStoreAway(Exception? away);

    [LoggerMessage(Level = LogLevel.Error, Message = "City: the stored territory cannot be read; tried again every second.")]
    private partial void LogTerritoryFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "City: territory version {Version} with {Grids} grids is in force.")]
    private partial void LogInForce(int version, int grids);

    [LoggerMessage(Level = LogLevel.Information, Message = "City: {Grids} grids called awake for territory version {Version}; {Failed} did not answer.")]
    private partial void LogWarmedUp(int grids, int failed, int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "City: no more than {Bound} squads are woken.")]
    private partial void LogSquadsFull(int bound);
}
