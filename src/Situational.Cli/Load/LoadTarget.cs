using System.Net;
using System.Net.Sockets;
using Situational.Cli.Http;

namespace Situational.Cli.Load;

/// <summary>The system under load: where it is and what opens it.</summary>
internal sealed class LoadTarget
{
    private const int SendMilliseconds = 5_000;

    private LoadTarget(Uri server, string key, IPEndPoint address) => (Server, Key, Address) = (server, key, address);

    /// <summary>Its address as given.</summary>
    public Uri Server { get; }

    /// <summary>The ingest key.</summary>
    public string Key { get; }

    /// <summary>Where to connect.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Lines of every request's head: host and key.</summary>
    public string Head => $"Host: {Server.Authority}\r\nAuthorization: Bearer {Key}\r\n";

    /// <summary>
    /// Lets what waits for a socket go on at once on the thread that found it ready, which saves a third of the CPU time. The runtime reads this
    /// when the process first uses a socket; set in the environment already, it stays.
    /// </summary>
    public static void PrepareSockets()
    {
        const string Name = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
        if (Environment.GetEnvironmentVariable(Name) is null)
            Environment.SetEnvironmentVariable(Name, "1");
    }

    /// <summary>Finds the address.</summary>
    /// <exception cref="ClientException">It is none, not of this machine, or not plain http.</exception>
    public static async Task<LoadTarget> FindAsync(Uri server, string key, bool allowRemote, CancellationToken cancellationToken)
    {
        if (server.Scheme != "http")
            throw new ClientException("load speaks plain http only: it measures the system, not TLS");
        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(server.IdnHost.Trim('[', ']'), cancellationToken);
        }
        catch (SocketException e)
        {
            throw new ClientException($"{server}: {e.Message}", e);
        }
        var address = found.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
        if (!IPAddress.IsLoopback(address) && !allowRemote)
            throw new ClientException($"{server.Host} is not this machine: load can bring a system to its knees; --allow-remote says that this is meant");
        return new LoadTarget(server, key, new IPEndPoint(address, server.Port));
    }

    /// <summary>A new connection.</summary>
    /// <param name="local">Number of the loopback address to come from, 1 for the usual one: what is counted by address then counts apart.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="receiveBytes">Bytes that the kernel keeps until they are read; 0 for its own choice.</param>
    public async Task<Socket> ConnectAsync(int local, CancellationToken cancellationToken, int receiveBytes = 0)
    {
        var socket = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = SendMilliseconds };
        try
        {
            if (receiveBytes > 0)
                socket.ReceiveBufferSize = receiveBytes;
            if (local > 1 && Address.AddressFamily == AddressFamily.InterNetwork && IPAddress.IsLoopback(Address.Address))
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, (byte)(local >> 8), (byte)local]), 0));
            await socket.ConnectAsync(Address, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
