using Situational.Contracts.Feed;

namespace Situational.Testing;

/// <summary>How a <see cref="FeedScreen"/> watches.</summary>
public sealed record FeedScreenOptions
{
    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The ingest key, sent as a Bearer token; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>A wall ticket, sent in <c>access_token</c>; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>A cookie, as a browser would send it; null for none.</summary>
    public string? Cookie { get; init; }

    /// <summary>What to watch. Default: the whole city.</summary>
    public WatchRequest Request { get; init; } = new("city");

    /// <summary>Receive buffer of the socket in bytes, 0 for the system's own: a small one lets a screen that stalls be felt soon.</summary>
    public int ReceiveBufferBytes { get; init; }

    /// <summary>Whether it comes back, for ever, when the connection is lost. Default true.</summary>
    public bool Reconnect { get; init; } = true;
}
