using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Situational.Host.Identity;

/// <summary>Knows screens that cannot send a cookie by the wall ticket in <c>access_token</c>. Used for the hub's path alone.</summary>
internal sealed class WallTicketHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, WallTickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the query parameter.</summary>
    public const string Parameter = "access_token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(tickets.AreaOf(Request.Query[Parameter], out var ends) is { } area
            // the hub closes the connection when the ticket ends
            ? AuthenticateResult.Success(new AuthenticationTicket(
                Access.Principal(Scheme.Name, Access.Look, area), new AuthenticationProperties { ExpiresUtc = ends }, Scheme.Name))
            : AuthenticateResult.Fail("wrong ticket"));
}
