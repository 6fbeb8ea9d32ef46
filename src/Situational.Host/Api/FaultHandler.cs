using Microsoft.AspNetCore.Diagnostics;

namespace Situational.Host.Api;

/// <summary>Turns what an endpoint throws into problem details that name no internals; the log keeps the rest.</summary>
internal sealed partial class FaultHandler(IProblemDetailsService problems, ILogger<FaultHandler> logger) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            return true;
        if (exception is BadHttpRequestException bad)
            context.Response.StatusCode = bad.StatusCode;
        else
        {
            LogFault(logger, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context });
        return true;
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Endpoint} failed")]
    private static partial void LogFault(ILogger logger, string method, string? endpoint, Exception exception);
}
