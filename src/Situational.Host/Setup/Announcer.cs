using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Situational.Host.Identity;
using Situational.Web;

namespace Situational.Host.Setup;

/// <summary>Prints the lines that people and tools look for, once the host listens.</summary>
internal sealed class Announcer(IServer server, WallTickets tickets, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (address is null)
            return;
        var at = BindingAddress.Parse(address);
        var host = at.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "127.0.0.1" : at.Host;
        Console.Out.WriteLine("Desks: ./situational pass --id ID --name NAME --role officer|supervisor|lead [--squad SQUAD] prints a person's link");
        Console.Out.WriteLine($"Wall: {at.Scheme}://{host}:{at.Port}{SituationalWeb.WallPath}?ticket={tickets.Issue("")}");
        Console.Out.WriteLine($"Runtime: {RuntimeName.Value}");
    }
}
