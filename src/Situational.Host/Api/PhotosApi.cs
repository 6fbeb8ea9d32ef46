using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Api.OpenApi;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary><c>/api/v1/photos</c>: photos of reports and results, known by their content.</summary>
internal sealed class PhotosApi(IPhotoStore photos, AuditNote audit, RequestBody body, IOptions<IngestOptions> options)
{
    // each holds a whole photo, twice while it arrives
    private readonly InFlightGate _arriving = new(options.Value.MaxPhotoRequests);
    private readonly InFlightGate _leaving = new(options.Value.MaxPhotoRequests);

    /// <summary>Maps the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/photos").WithTags("photos");
        group.MapPost("", (HttpContext context, PhotosApi api) => api.PostAsync(context))
            .RequireAuthorization(Access.Act)
            .WithMetadata(new RequestSizeLimitAttribute(IPhotoStore.MaxBytes))
            .Produces<PhotoAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage)
            .WithBinaryBody(PhotoType.Taken)
            .WithAnswer(StatusCodes.Status201Created, Examples.KeptPhoto)
            .WithSummary("Keeps a photo, for a report or a result to name")
            .WithDescription(
                "Body: the bytes of a JPEG, PNG, WebP or HEIC file, at most 8 MiB. Its content says what it is; Content-Type is not asked. The id is "
                + "the SHA-256 of the bytes: the same photo again is the same id. When all photos take Situational:Photos:MaxTotalBytes, another one is "
                + "refused with 507, and sending it again does not help until the operator gives more room.");
        group.MapGet("{id}", (string id, HttpContext context, PhotosApi api) => api.GetAsync(id, context))
            .RequireAuthorization(Access.Read)
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: ["image/png", "image/webp", "image/heic"])
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("A photo, as a file to save")
            .WithDescription("It never changes, so it may be kept by the reader, though not by anything between.");
    }

    private async Task<IResult> PostAsync(HttpContext context)
    {
        if (!_arriving.TryEnter())
            return Problems.Unavailable(context, "Too many photos at once.");
        try
        {
            var content = await body.ReadAllAsync(context, options.Value.PhotoSeconds);
            if (content.IsEmpty)
                return Problems.Field(StatusCodes.Status422UnprocessableEntity, "body", "Is empty; must be the bytes of a photo.");
            if (PhotoType.Of(content.Span) is not { } type)
                return Problems.Field(
                    StatusCodes.Status415UnsupportedMediaType, "body",
                    $"Its content is none that is taken: {string.Join(", ", PhotoType.Taken)}. Nothing was recorded.");
            var id = await photos.AddAsync(content, type, CancellationToken.None);
            await audit.WriteAsync(
                context, Role.Officer, "photo.post", id, string.Create(CultureInfo.InvariantCulture, $"{type}, {content.Length} bytes"));
            return TypedResults.Created("/api/v1/photos/" + id, new PhotoAnswer(id, type, content.Length));
        }
        finally
        {
            _arriving.Leave();
        }
    }

    private async Task<IResult> GetAsync(string id, HttpContext context)
    {
        if (!PhotoFields.IsId(id))
            return Unknown();
        var headers = context.Response.Headers;
        var tag = $"\"{id}\"";
        if (context.Request.Headers.IfNoneMatch == tag && await photos.ContainsAsync(id, context.RequestAborted))
        {
            Keep(headers, tag);
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }
        if (!_leaving.TryEnter())
            return Problems.Unavailable(context, "Too many photos at once.");
        try
        {
            if (await photos.FindAsync(id, context.RequestAborted) is not { } photo)
                return Unknown();
            // what is served as a picture is one of four types, whatever a store holds
            var type = PhotoType.Taken.Contains(photo.ContentType, StringComparer.Ordinal) ? photo.ContentType : "application/octet-stream";
            Keep(headers, tag);
            headers.ContentDisposition = $"attachment; filename=\"{id}.{PhotoType.EndingOf(type)}\"";
            context.Response.ContentType = type;
            context.Response.ContentLength = photo.Content.Length;
            // written here, so that the gate holds until it has left
            await context.Response.Body.WriteAsync(photo.Content, context.RequestAborted);
            return Results.Empty;
        }
        finally
        {
            _leaving.Leave();
        }
    }

    private static void Keep(IHeaderDictionary headers, string tag)
    {
        headers.ETag = tag;
        headers.CacheControl = "private, max-age=31536000, immutable";
    }

    private static IResult Unknown() => Problems.NotFound("There is no photo of that id.");
}
