using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Domain.Territory;
using Situational.Grains;
using Situational.Grains.Messages;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/territory</c>: the territory in force as GeoJSON, and bringing the first one into force.</summary>
internal sealed class TerritoryApi(ITerritoryStore store, IGrainFactory grains, RequestBody body) : IDisposable
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
            .WithSummary("The territory in force, normalized GeoJSON")
            .WithDescription("Carries a strong ETag and the header X-Territory-Version.");
        group.MapPut("", (HttpContext context, TerritoryApi api) => api.PutAsync(context))
            .RequireAuthorization(Access.Ingest)
            .WithMetadata(new RequestSizeLimitAttribute(TerritoryReader.MaxBytes))
            .Accepts<object>(GeoJson, "application/json")
            .Produces<TerritoryAnswer>(StatusCodes.Status201Created)
            .Produces<TerritoryAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Brings a territory into force when none is")
            .WithDescription(
                "Body: a GeoJSON FeatureCollection, at most 64 MiB and 50,000 areas. Query: names=true (the file has only names and shapes), city and "
                + "county (with names), repair=true (mend broken rings), lattice=METERS (10 to 10,000: the shapes are the boundary of a city without "
                + "grids, which is cut into squares of that size). The same territory again answers 200, another one 409.");
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private async Task<IResult> GetAsync(HttpContext context)
    {
        if (await NewestAsync(context.RequestAborted) is not { } stored)
            return Problems.NotFound("No territory is in force. PUT /api/v1/territory first.");
        context.Response.Headers[VersionHeader] = stored.Version.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(stored.GeoJson, GeoJson, entityTag: new EntityTagHeaderValue($"\"{stored.Fingerprint}\""));
    }

    private async Task<StoredTerritory?> NewestAsync(CancellationToken cancellationToken)
    {
        // a territory in force is never replaced while the host runs
        if (_newest is { } known)
            return known;
        var newest = await store.LoadNewestAsync(cancellationToken);
        _newest = newest;
        return newest;
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
            return await ProposeAsync(context, territory, reading);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<IResult> ProposeAsync(HttpContext context, CityTerritory territory, TerritoryReading reading)
    {
        var geoJson = TerritoryWriter.Write(territory);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(geoJson));
        var receipt = await grains.GetGrain<ICityGrain>(ICityGrain.Key)
            .PutTerritoryAsync(new TerritoryProposal([.. geoJson], fingerprint), CancellationToken.None);
        var answer = new TerritoryAnswer(
            receipt.Version, territory.City.Code, territory.Areas.Count, territory.Grids.Count,
            [.. reading.Repairs.Select(r => r.Text)], [.. reading.Warnings.Select(w => w.Text)]);
        return receipt.Verdict switch
        {
            TerritoryVerdict.InForce => TypedResults.Created("/api/v1/territory", answer),
            TerritoryVerdict.Same => TypedResults.Ok(answer),
            TerritoryVerdict.Another => Problems.Conflict(
                $"Another territory is in force, version {receipt.Version}. It cannot be changed while cases and units refer to it; use another data folder.",
                new Dictionary<string, object?> { ["version"] = receipt.Version }),
            TerritoryVerdict.StoreAway => Problems.StoreAway(context),
            _ => throw new InvalidOperationException($"Unknown verdict {receipt.Verdict}."),
        };
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
