using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Situational.Host.Identity;

namespace Situational.Host.Feed;

/// <summary>
/// Counts connections in all and by identity and address (a wall ticket is shared by many screens), and holds them to their bounds.
/// Safe for all threads.
/// </summary>
internal sealed class ScreenCounts(IOptions<FeedOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byIdentity = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _watches = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Connections at present.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
                return _all;
        }
    }

    /// <summary>Takes a connection in; throws <see cref="HubException"/> when there are too many.</summary>
    public void Connect(HubCallerContext context)
    {
        var identity = Identity(context);
        lock (_gate)
        {
            var own = _byIdentity.GetValueOrDefault(identity);
            if (_all >= options.Value.Connections)
                throw Refuse("too-many-connections", $"this node serves at most {options.Value.Connections} screens at once.");
            if (own >= options.Value.ConnectionsPerIdentity)
                throw Refuse("too-many-connections", $"one identity may have at most {options.Value.ConnectionsPerIdentity} screens at once.");
            _byIdentity[identity] = own + 1;
            _all++;
        }
    }

    /// <summary>Lets a connection go.</summary>
    public void Disconnect(HubCallerContext context)
    {
        var identity = Identity(context);
        lock (_gate)
        {
            _all--;
            if (_byIdentity[identity] == 1)
                _byIdentity.Remove(identity);
            else
                _byIdentity[identity]--;
        }
        _watches.TryRemove(context.ConnectionId, out _);
    }

    /// <summary>Takes a watch in; throws <see cref="HubException"/> when the connection has too many.</summary>
    public void Begin(HubCallerContext context)
    {
        if (_watches.AddOrUpdate(context.ConnectionId, 1, static (_, n) => n + 1) <= options.Value.WatchesPerConnection)
            return;
        End(context);
        throw Refuse("too-many-watches", $"one connection may have at most {options.Value.WatchesPerConnection} watches at once.");
    }

    /// <summary>Lets a watch go.</summary>
    public void End(HubCallerContext context)
    {
        while (_watches.TryGetValue(context.ConnectionId, out var watches))
            if (watches <= 1 ? _watches.TryRemove(KeyValuePair.Create(context.ConnectionId, watches)) : _watches.TryUpdate(context.ConnectionId, watches - 1, watches))
                return;
    }

    private static HubException Refuse(string code, string detail)
    {
        FeedMeter.Refused.Add(1);
        return new HubException($"{code}: {detail}");
    }

    private static string Identity(HubCallerContext context) =>
        $"{context.User?.Identity?.AuthenticationType} {(context.User is { } user ? Access.PersonOf(user)?.Id ?? Access.AreaOf(user) : null)}@{context.GetHttpContext()?.Connection.RemoteIpAddress}";
}
