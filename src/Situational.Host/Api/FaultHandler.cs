using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Situational.Domain.Journal;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary>Turns what an endpoint throws into problem details that name no internals; the log keeps the rest.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            return true;
        if (context.Response.HasStarted)
            return false;
        await ProblemOf(context, exception).ExecuteAsync(context);
        return true;
    }

    private IResult ProblemOf(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BodyRefusedException refused:
                return Problems.Field(refused.Status, "body", refused.Message);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
                return Problems.Field(StatusCodes.Status413PayloadTooLarge, "body", $"The body has more than {limit} bytes. Nothing was recorded.");
            case BadHttpRequestException bad:
                return TypedResults.Problem(statusCode: bad.StatusCode);
            case PhotosFullException full:
                LogPhotosFull(logger, full.MaxTotalBytes);
                return TypedResults.Problem(
                    "There is no room for another photo. It was not kept; a report may be sent without it.",
                    statusCode: StatusCodes.Status507InsufficientStorage);
            case JournalUnavailableException:
                LogStoreAway(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
                return Problems.StoreAway(context);
            case TimeoutException or OrleansException:
                LogFault(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
                return Problems.Unavailable(context, "A part of the system did not answer in time. Send the same request again.");
            default:
                LogFault(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
                return TypedResults.Problem(statusCode: StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Endpoint}: the store is away")]
    private static partial void LogStoreAway(ILogger logger, string method, string? endpoint, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A photo was refused: all photos take the {MaxTotalBytes} bytes that Situational:Photos:MaxTotalBytes allows")]
    private static partial void LogPhotosFull(ILogger logger, long maxTotalBytes);

    [LoggerMessage(1, LogLevel.Error, "{Method} {Endpoint} failed")]
    private static partial void LogFault(ILogger logger, string method, string? endpoint, Exception exception);
}
