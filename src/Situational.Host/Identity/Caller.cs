using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Grains.Messages;
using Situational.Host.Api;
using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>Who acts. A person at a desk is who the pass named; a system states it, and counts under the name of its key where it does not.</summary>
internal static class Caller
{
    /// <summary>The person at the desk, or null when a system calls.</summary>
    public static DeskPerson? PersonOf(HttpContext context) => Access.PersonOf(context.User);

    /// <summary>Id of who acts when the request names nobody: the person at the desk, else the name of the key that the caller used.</summary>
    public static string IdOf(HttpContext context) =>
        PersonOf(context)?.Id ?? context.User.Identity?.AuthenticationType ?? Access.KeyScheme;

    /// <summary>The role in which the person at the desk acts on cases; another caller's is as given.</summary>
    public static Role RoleOf(HttpContext context, Role otherwise) =>
        PersonOf(context) is { } person ? DeskRoles.Of(person.Role) : otherwise;

    /// <summary>The address at the other end of the connection. What a header claims counts for nothing: no proxy is configured.</summary>
    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : null;

    /// <summary>Who acts, for a grain.</summary>
    /// <param name="context">The request.</param>
    /// <param name="stated">What the caller said, if it did; a person at a desk has no say in it.</param>
    /// <param name="otherwise">The role when nobody is named.</param>
    public static ActorStatement Of(HttpContext context, ActorRequest? stated, Role otherwise)
    {
        var by = By(context, stated);
        return new ActorStatement(
            by?.Id ?? IdOf(context), (byte)(by is not null && CaseNames.TryParseRole(by.Role, out var role) ? role : otherwise), AddressOf(context));
    }

    /// <summary>Who acts, as a body would state it: the person at the desk, else what was stated.</summary>
    public static ActorRequest? By(HttpContext context, ActorRequest? stated) =>
        PersonOf(context) is { } person ? new ActorRequest(person.Id, CaseNames.Of(DeskRoles.Of(person.Role))) : stated;

    /// <summary>The refusal of a person at a desk who states to be someone else; null when that is not so.</summary>
    public static ProblemHttpResult? RefusalOf(HttpContext context, ActorRequest? stated)
    {
        if (stated is null || PersonOf(context) is null || By(context, stated) is not { } own)
            return null;
        if (stated.Id != own.Id)
            return Problems.Field(StatusCodes.Status403Forbidden, "by.id", $"Must be {own.Id}, whose desk this is, or be left out. Nothing was recorded.");
        return stated.Role == own.Role
            ? null
            : Problems.Field(StatusCodes.Status403Forbidden, "by.role", $"Must be {own.Role}, as this desk acts, or be left out. Nothing was recorded.");
    }
}
