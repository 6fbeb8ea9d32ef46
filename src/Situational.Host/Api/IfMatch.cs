using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Situational.Host.Api;

/// <summary>The header by which a caller says which revision of a case it saw (RFC 9110, 13.1.1).</summary>
internal static class IfMatch
{
    private const string Header = "If-Match";

    /// <summary>Reads it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="revision">The revision; null when the header is absent or <c>*</c>: whatever it is.</param>
    /// <returns>False when it is none of ours.</returns>
    public static bool TryRead(HttpContext context, out long? revision)
    {
        revision = null;
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || header.Count == 1 && header[0] == "*")
            return true;
        if (header.Count != 1 || header[0] is not ['"', .. var digits, '"'] || digits is ['0', ..]
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            return false;
        revision = seen;
        return true;
    }

    /// <summary>It is none of ours.</summary>
    public static ProblemHttpResult Malformed() => Problems.Field(
        StatusCodes.Status400BadRequest, Header, "Must be given once, as the ETag that an answer with the case carried, such as \"7\", or *.");
}
