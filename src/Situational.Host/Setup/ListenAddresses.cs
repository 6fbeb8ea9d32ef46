using System.Net;
using System.Net.Sockets;

namespace Situational.Host.Setup;

/// <summary>Looks at the addresses to listen on before the server does.</summary>
internal static class ListenAddresses
{
    private const string Default = "http://127.0.0.1:5080";

    /// <summary>Fills in the default address, refuses http beyond loopback unless it was asked for, and refuses a taken port.</summary>
    /// <exception cref="StartRefusedException">An address is unsafe, unreadable or taken.</exception>
    public static void Check(IConfigurationManager configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToArray();
        if (endpoints.Length == 0 && string.IsNullOrWhiteSpace(configuration[WebHostDefaults.ServerUrlsKey]))
            configuration[WebHostDefaults.ServerUrlsKey] = Default;
        var addresses = endpoints.Length > 0 ? endpoints : configuration[WebHostDefaults.ServerUrlsKey]!.Split(';', StringSplitOptions.RemoveEmptyEntries);
        foreach (var text in addresses)
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(text);
            }
            catch (FormatException e)
            {
                throw new StartRefusedException(StartRefusedException.Settings, $"'{text}' is no address to listen on: {e.Message}", e);
            }
            if (address.Scheme == Uri.UriSchemeHttp && !IsLoopback(address.Host) && !configuration.GetValue<bool>("Situational:InsecureHttp"))
                throw new StartRefusedException(
                    StartRefusedException.Settings,
                    $"{text} is reachable from other machines without TLS. Use https, or say --insecure-http if a proxy in front does.");
            RefuseIfTaken(text, address);
        }
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static void RefuseIfTaken(string text, BindingAddress address)
    {
        if (address.Port == 0 || address.IsUnixPipe || address.IsNamedPipe)
            return;
        var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var given) ? given
            : string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.Any;
        try
        {
            using var probe = new TcpListener(ip, address.Port);
            probe.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartRefusedException(StartRefusedException.PortInUse, $"{text}: the port is in use. Choose another one with --urls.", e);
        }
        catch (SocketException e)
        {
            throw new StartRefusedException(StartRefusedException.PortInUse, $"{text}: cannot listen there: {e.Message}", e);
        }
    }
}
