using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Grains.Territory;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/territory</c>: the territory in force and those before it as GeoJSON, and bringing one into force.</summary>
internal sealed class TerritoryApi(ITerritoryStore store, ITerritorySource source, IGrainFactory grains, RequestBody body) : IDisposable
{
    private const string VersionHeader = "X-Territory-Version";
    private const int MaxLatticeMeters = 10_000;
    private const string GeoJson = "application/geo+json";

    // reading a territory takes memory and a core for seconds: one at a time
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile StoredTerritory? _newest;

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/territory").WithTags("territory");
        group.MapGet("", (HttpContext context, TerritoryApi api) => api.GetAsync(context))
            .RequireAuthorization(Access.Read)
            .Produces(StatusCodes.Status200OK, contentType: GeoJson)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The territory in force, or an earlier version, normalized GeoJSON")
            .WithDescription("Query: version (default: the one in force). Carries a strong ETag and the header X-Territory-Version.");
        group.MapGet("versions", (HttpContext context, TerritoryApi api) => api.VersionsAsync(context))
            .RequireAuthorization(Access.Read)
            .Produces<TerritoryVersionsAnswer>()
            .WithAnswer(StatusCodes.Status200OK, CityExamples.Versions)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Every version of the territory and since when it is in force");
        group.MapPut("", (HttpContext context, TerritoryApi api) => api.PutAsync(context))
            .RequireAuthorization(Access.Ingest)
            .WithMetadata(new RequestSizeLimitAttribute(TerritoryReader.MaxBytes))
            .Accepts<object>(GeoJson, "application/json")
            .Produces<TerritoryAnswer>(StatusCodes.Status201Created)
            .Produces<TerritoryAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithQuery("names", "true: the file has only names and shapes.", "false", ["true", "false"])
            .WithQuery("city", "With names: the name of the city.", "小城")
            .WithQuery("county", "With names: the code of the county.", "110000")
            .WithQuery("repair", "true: mend broken rings.", "false", ["true", "false"])
            .WithQuery("lattice", "10 to 10,000 metres: the shapes are a boundary, to be cut into squares.", "500")
            .WithHeader("If-Match", "The version in force, to replace it.", "\"3\"")
            .WithExample("city", Examples.Territory, GeoJson)
            .WithExample("city", Examples.Territory)
            .WithAnswer(StatusCodes.Status201Created, Examples.InForce)
            .WithAnswer(StatusCodes.Status200OK, Examples.InForce)
            .WithSummary("Brings a territory into force")
            .WithDescription(
                "Body: a GeoJSON FeatureCollection, at most 64 MiB and 50,000 areas. Query: names=true (the file has only names and shapes), city and "
                + "county (with names), repair=true (mend broken rings), lattice=METERS (10 to 10,000: the shapes are the boundary of a city without "
                + "grids, which is cut into squares of that size). The same territory again answers 200. Another one needs the header If-Match with the "
                + "version in force in quotes, such as \"3\": then it comes into force in its place without a restart, and open cases move to the grids "
                + "that now contain them. Without the header another one is refused with 409, and with an outdated version with 412.");
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task<IResult> GetAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var version = new QueryFields(context.Request.Query, errors).Whole("version", 1, int.MaxValue);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var stored = version is { } asked ? await store.LoadAsync(asked, context.RequestAborted) : await NewestAsync(context.RequestAborted);
        if (stored is null)
            return Problems.NotFound(version is null
                ? "No territory is in force. PUT /api/v1/territory first."
                : $"There is no version {version} of the territory; GET /api/v1/territory/versions lists them.");
        context.Response.Headers[VersionHeader] = stored.Version.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(stored.GeoJson, GeoJson, entityTag: new EntityTagHeaderValue($"\"{stored.Fingerprint}\""));
    }

    private async Task<StoredTerritory?> NewestAsync(CancellationToken cancellationToken)
    {
        if (_newest is { } known && known.Version >= (source.Current?.Territory.Version ?? 0))
            return known;
        var newest = await store.LoadNewestAsync(cancellationToken);
        _newest = newest;
        return newest;
    }

    private async Task<IResult> VersionsAsync(HttpContext context)
    {
        var versions = await store.ListAsync(context.RequestAborted);
        var standing = await grains.GetGrain<ICityGrain>(ICityGrain.Key).StandingAsync(CancellationToken.None);
        return TypedResults.Ok(new TerritoryVersionsAnswer(
            [.. versions.Select(v => new TerritoryVersionAnswer(v.Version, v.InForceAt, v.Fingerprint))], standing.Unsettled == 0,
            standing.Unsettled > 0 ? standing.Unsettled : null));
    }

    private async Task<IResult> PutAsync(HttpContext context)
    {
        if (!RequestBody.Is(context.Request, GeoJson) && !RequestBody.Is(context.Request, "application/json"))
            return Problems.Field(
                StatusCodes.Status415UnsupportedMediaType, "Content-Type", $"Must be {GeoJson} or application/json in UTF-8, not compressed.");
        var errors = new Dictionary<string, string[]>();
        var query = new QueryFields(context.Request.Query, errors);
        var lattice = query.Whole("lattice", (int)GridLattice.MinSizeMeters, MaxLatticeMeters);
        var options = Options(query) with { CheckCoverage = lattice is null };
        if (lattice is not null)
            options = options with { NamesOnly = true };
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        if (!TryReplaces(context.Request, out var replaces))
            return Problems.Field(StatusCodes.Status400BadRequest, "If-Match", "Must be the version in force in quotes, such as \"3\".");
        if (!await _one.WaitAsync(TimeSpan.Zero, context.RequestAborted))
            return Problems.Unavailable(context, "Another territory is being read.", 5);
        try
        {
            var file = await body.ReadAllAsync(context);
            var reading = await Task.Run(() => TerritoryReader.Read(file, options, version: 1), context.RequestAborted);
            if (reading.Territory is not { } territory)
                return Refused(reading);
            if (lattice is { } meters)
            {
                try
                {
                    var boundary = territory.City.Geometry;
                    territory = await Task.Run(() => GridLattice.Cut(boundary, meters, options.CityName, options.CountyCode, version: 1), context.RequestAborted);
                }
                catch (ArgumentException unfit)
                {
                    return Problems.Field(StatusCodes.Status422UnprocessableEntity, "lattice", $"These shapes cannot be cut into squares of {meters} m: {unfit.Message}");
                }
            }
            return await ProposeAsync(context, territory, reading, replaces);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<IResult> ProposeAsync(HttpContext context, CityTerritory territory, TerritoryReading reading, int replaces)
    {
        var geoJson = TerritoryWriter.Write(territory);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(geoJson));
        var receipt = await grains.GetGrain<ICityGrain>(ICityGrain.Key)
            .PutTerritoryAsync(
                new TerritoryProposal(
                    [.. geoJson], fingerprint, replaces, Caller.Of(context, null, Role.Officer),
                    string.Create(CultureInfo.InvariantCulture, $"{territory.Areas.Count} areas, {territory.Grids.Count} grids, {fingerprint}")),
                CancellationToken.None);
        var answer = new TerritoryAnswer(
            receipt.Version, territory.City.Code, territory.Areas.Count, territory.Grids.Count,
            [.. reading.Repairs.Select(r => r.Text)], [.. reading.Warnings.Select(w => w.Text)]);
        return receipt.Verdict switch
        {
            TerritoryVerdict.InForce => TypedResults.Created("/api/v1/territory", answer),
            TerritoryVerdict.Same => TypedResults.Ok(answer),
            TerritoryVerdict.Another when replaces == 0 => Problems.Conflict(
                $"Another territory is in force, version {receipt.Version}. To replace it, name it in the header If-Match: \"{receipt.Version}\".",
                new Dictionary<string, object?> { ["version"] = receipt.Version }),
            TerritoryVerdict.Another => Problems.Field(
                StatusCodes.Status412PreconditionFailed, "If-Match", $"Version {receipt.Version} is in force, not {replaces}.",
                new Dictionary<string, object?> { ["version"] = receipt.Version }),
            TerritoryVerdict.OtherCity => Problems.Field(
                StatusCodes.Status422UnprocessableEntity, "body",
                $"Its root area is {territory.City.Code}; a new version keeps the root of the one in force. Use another data folder for another city.",
                new Dictionary<string, object?> { ["version"] = receipt.Version }),
            TerritoryVerdict.StoreAway => Problems.StoreAway(context),
            _ => throw new InvalidOperationException($"Unknown verdict {receipt.Verdict}."),
        };
    }

    /// <summary>The version that the request wants to replace: 0 when it names none; false when the header is malformed.</summary>
    private static bool TryReplaces(HttpRequest request, out int replaces)
    {
        replaces = 0;
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return true;
        return header.Count == 1 && header[0] is { Length: > 2 } tag && tag[0] == '"' && tag[^1] == '"'
            && int.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out replaces) && replaces > 0;
    }

    private static IResult Refused(TerritoryReading reading)
    {
        var errors = reading.Faults
            .GroupBy(f => f.Feature is { } index ? string.Create(CultureInfo.InvariantCulture, $"features[{index}]") : "body")
            .ToDictionary(g => g.Key, g => g.Select(f => f.Area is null ? f.Text : $"{f.Area}: {f.Text}").ToArray());
        return Problems.Fields(
            StatusCodes.Status422UnprocessableEntity, errors,
            new Dictionary<string, object?> { ["reasons"] = reading.Faults.Select(f => f.Reason).Distinct().ToArray() });
    }

    private static TerritoryReadOptions Options(QueryFields query)
    {
        var options = new TerritoryReadOptions { NamesOnly = query.Flag("names"), Repair = query.Flag("repair") };
        if (query.Text("city") is { } city)
            options = options with { CityName = city };
        return query.Text("county") is { } county ? options with { CountyCode = county } : options;
    }
}
