using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Host.Feed;

namespace Situational.Host.History;

/// <summary>Reads the city's past from the stores. Safe for all threads; what it reads is for one caller.</summary>
internal sealed class PastReader(
    IPastStore past, ITrailStore trails, TerritoriesThen territories, UnitNames names, PastRules rules, IOptions<TrailsOptions> kept, TimeProvider time)
{
    /// <summary>How long before a moment a unit's last point may lie; one that was not heard for longer is not shown.</summary>
    public static readonly TimeSpan UnitsHeardWithin = TimeSpan.FromHours(24);

    /// <summary>Checks a moment against what is kept.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="field">The parameter that says it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Since when the past is kept.</returns>
    /// <exception cref="PastRefusedException">It cannot be shown.</exception>
    public async Task<DateTimeOffset> CheckAsync(DateTimeOffset at, string field, CancellationToken cancellationToken)
    {
        if (Moment.BeginOf(at) > time.GetUtcNow())
            throw new PastRefusedException(StatusCodes.Status400BadRequest, field, "Lies in the future.");
        var since = await past.KeptSinceAsync(cancellationToken)
            ?? throw new PastRefusedException(StatusCodes.Status404NotFound, null, "Nothing is kept of the past yet.");
        return at >= since ? since : throw new PastRefusedException(
            StatusCodes.Status400BadRequest, field, $"The past is kept since {since.ToUniversalTime():yyyy-MM-ddTHH:mm:ss.fffZ}.", since);
    }

    /// <summary>An area at a moment.</summary>
    /// <param name="view">What is looked at.</param>
    /// <param name="at">The moment, one that is kept.</param>
    /// <param name="since">Since when the past is kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PastRefusedException">There was no such area.</exception>
    public Task<PastCity> ReadAsync(PastView view, DateTimeOffset at, DateTimeOffset since, CancellationToken cancellationToken) =>
        ReadAsync(view, at, at, since, cancellationToken);

    private async Task<PastCity> ReadAsync(PastView view, DateTimeOffset at, DateTimeOffset until, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var version = await territories.VersionAtAsync(at, cancellationToken);
        if (version == 0)
            throw new PastRefusedException(StatusCodes.Status404NotFound, null, "No territory was in force then.");
        var territory = await territories.ReadAsync(version, cancellationToken);
        if (view.Area != CityPicture.RootAlias && territory.Find(view.Area) is null)
            throw new PastRefusedException(StatusCodes.Status400BadRequest, "area", "Is no area of the territory that was in force then.");
        var from = at - rules.LookBack;
        from = from < since ? since : from;
        // Cases and units come from tables of their own, so both are read at once.
        var cases = Task.Run(() => ReadCasesAsync(from, at, cancellationToken), cancellationToken);
        var units = Task.Run(() => ReadUnitsAsync(at, until, cancellationToken), cancellationToken);
        await Task.WhenAll(cases, units);
        return await Task.Run(() => Build(territory, view, since, from, at, cases.Result, units.Result), cancellationToken);
    }

    /// <summary>An area from a moment on.</summary>
    /// <param name="view">What is looked at.</param>
    /// <param name="from">The first moment, one that is kept.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="since">Since when the past is kept.</param>
    /// <param name="cancellationToken">Ends the reading, then and later.</param>
    /// <exception cref="PastRefusedException">There was no such area.</exception>
    public async Task<PastPlay> PlayAsync(PastView view, DateTimeOffset from, DateTimeOffset to, DateTimeOffset since, CancellationToken cancellationToken) => new(
        await ReadAsync(view, from, to, since, cancellationToken), moment => territories.VersionAtAsync(moment, cancellationToken),
        moment => ReadAsync(view, moment, to, since, cancellationToken), past.ChangesAsync(from, to, cancellationToken),
        trails.BetweenAsync(from, to, cancellationToken));

    private PastCity Build(
        CityTerritory territory, PastView view, DateTimeOffset since, DateTimeOffset from, DateTimeOffset at,
        (List<PastCase> Open, List<PastCase> Changes) cases, (IUnitNames Names, List<TrailPoint> Points, List<GridHeard> Heard) units)
    {
        // Where units were before may be kept still, until the night: it is not to depend on the hour what is shown.
        var city = new PastCity(territory, view, rules, units.Names, since, time.GetUtcNow().AddDays(-kept.Value.KeptDays));
        city.Begin(from, cases.Open, cases.Changes, units.Points, units.Heard, at);
        return city;
    }

    private async Task<(List<PastCase> Open, List<PastCase> Changes)> ReadCasesAsync(DateTimeOffset from, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await ToListAsync(past.AtAsync(from, cancellationToken)), await ToListAsync(past.ChangesAsync(from, at, cancellationToken)));

    private async Task<(IUnitNames Names, List<TrailPoint> Points, List<GridHeard> Heard)> ReadUnitsAsync(
        DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken) =>
        (await names.ReadAsync(until, cancellationToken),
            await ToListAsync(trails.AtAsync(at, at - UnitsHeardWithin, cancellationToken)),
            await ToListAsync(trails.HeardAsync(at, at - rules.LookBack, cancellationToken)));

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> all)
    {
        var list = new List<T>();
        await foreach (var one in all)
            list.Add(one);
        return list;
    }
}
