using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Host.Api;

namespace Situational.Host.Ingest;

/// <summary>The header by which a request that is sent again is known.</summary>
internal static class IdempotencyKey
{
    /// <summary>Its name.</summary>
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 128;

    /// <summary>Whether the request has one, good or bad.</summary>
    public static bool IsGiven(HttpContext context) => context.Request.Headers[Header].Count > 0;

    /// <summary>The key, or null when there is none that is fit.</summary>
    public static string? Of(HttpContext context)
    {
        var header = context.Request.Headers[Header];
        return header.Count == 1 && header[0] is { Length: > 0 and <= MaxLength } key && !key.Any(c => c is < '!' or > '~') ? key : null;
    }

    /// <summary>There is none that is fit.</summary>
    public static ProblemHttpResult Malformed() =>
        Problems.Field(StatusCodes.Status400BadRequest, Header, $"Must be given once, with 1 to {MaxLength} visible ASCII characters.");

    /// <summary>It was used for something else.</summary>
    /// <param name="what">What it stands for.</param>
    public static ProblemHttpResult Misused(string what) => Problems.Field(
        StatusCodes.Status422UnprocessableEntity, Header, $"Was used before with another {what}. Use a new key for a new {what}.");
}
