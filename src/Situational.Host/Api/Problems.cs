using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Situational.Host.Api;

/// <summary>Problem details (RFC 9457) with <c>errors</c>: field to texts.</summary>
internal static class Problems
{
    /// <summary>One field's fault.</summary>
    public static ProblemHttpResult Field(int status, string field, string text, IDictionary<string, object?>? more = null) =>
        Fields(status, new Dictionary<string, string[]> { [field] = [text] }, more);

    /// <summary>Several fields' faults.</summary>
    public static ProblemHttpResult Fields(int status, IDictionary<string, string[]> errors, IDictionary<string, object?>? more = null)
    {
        var extensions = new Dictionary<string, object?> { ["errors"] = errors };
        foreach (var (name, value) in more ?? new Dictionary<string, object?>())
            extensions[name] = value;
        return TypedResults.Problem(statusCode: status, extensions: extensions);
    }

    /// <summary>The cursor is none that an answer gave.</summary>
    public static ProblemHttpResult UnknownCursor() =>
        Field(StatusCodes.Status400BadRequest, "cursor", "Is none that an answer to this query gave.");

    /// <summary>No such thing.</summary>
    public static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);

    /// <summary>The request does not fit what is.</summary>
    public static ProblemHttpResult Conflict(string detail, IDictionary<string, object?>? more = null) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, extensions: more);

    /// <summary>Come back later.</summary>
    public static ProblemHttpResult Unavailable(HttpContext context, string detail, int retryAfterSeconds = 1)
    {
        context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The journal cannot be written or read.</summary>
    public static ProblemHttpResult StoreAway(HttpContext context) => Unavailable(
        context,
        HttpMethods.IsGet(context.Request.Method)
            ? "The store is away, or the question took it longer than it may. Ask again, perhaps for less."
            : "The store is away. Nothing was recorded; send the same request again.",
        2);
}
