using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Host.Api;

namespace Situational.Host.Identity;

/// <summary>Who acts: what the calling system states, the key it used, and the address it came from.</summary>
internal static class Caller
{
    /// <summary>The name of the key that the caller used.</summary>
    public static string KeyOf(HttpContext context) => context.User.Identity?.AuthenticationType ?? Access.KeyScheme;

    /// <summary>The address at the other end of the connection. What a header claims counts for nothing: no proxy is configured.</summary>
    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : null;

    /// <summary>Who acts, for a grain.</summary>
    /// <param name="context">The request.</param>
    /// <param name="stated">What the caller said, if it did.</param>
    /// <param name="otherwise">The role when nobody is named.</param>
    public static ActorStatement Of(HttpContext context, ActorRequest? stated, Role otherwise) => new(
        stated?.Id ?? KeyOf(context), (byte)(stated is { } by && CaseNames.TryParseRole(by.Role, out var role) ? role : otherwise), AddressOf(context));
}
