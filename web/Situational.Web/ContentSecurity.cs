namespace Situational.Web;

/// <summary>The Content-Security-Policy of the pages: everything from ourselves, no inline script or style; tiles from the configured server alone.</summary>
internal static class ContentSecurity
{
    /// <summary>The policy for pages that may show tiles of <paramref name="tileUrl"/>.</summary>
    /// <param name="tileUrl">Template of the tile server, if there is one.</param>
    /// <param name="based">Whether the page says from where its relative addresses start.</param>
    public static string PolicyFor(string? tileUrl, bool based = false)
    {
        var tiles = OriginOf(tileUrl);
        return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
            + $"img-src 'self' data:{(tiles is null ? "" : " " + tiles)}; base-uri {(based ? "'self'" : "'none'")}; form-action 'self'; frame-ancestors 'self'";
    }

    /// <summary>Where tiles come from, as a CSP source; a host that starts with <c>{s}.</c> becomes a wildcard. Null when the template is none that can be used.</summary>
    public static string? OriginOf(string? tileUrl)
    {
        if (string.IsNullOrWhiteSpace(tileUrl)
            || !tileUrl.Contains("{z}", StringComparison.Ordinal)
            || !tileUrl.Contains("{x}", StringComparison.Ordinal)
            || !(tileUrl.Contains("{y}", StringComparison.Ordinal) || tileUrl.Contains("{-y}", StringComparison.Ordinal)))
            return null;
        var wildcard = tileUrl.Contains("//{s}.", StringComparison.Ordinal);
        var plain = tileUrl.Replace("//{s}.", "//tiles.", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Contains('{'))
            return null;
        var origin = uri.GetLeftPart(UriPartial.Authority);
        return wildcard ? origin.Replace("//tiles.", "//*.", StringComparison.Ordinal) : origin;
    }
}
