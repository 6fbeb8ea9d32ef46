using System.Net.Sockets;
using System.Text;

namespace Situational.Host.Tests.Support;

/// <summary>Sends bytes that no HTTP client would.</summary>
internal static class RawHttp
{
    /// <summary>Sends the text and returns everything the server answers until it closes; empty when it closes without an answer.</summary>
    /// <param name="server">Where.</param>
    /// <param name="request">What, as ASCII.</param>
    /// <param name="thenClose">Whether our side ends after it, so that nothing more can come.</param>
    public static async Task<string> SendAsync(Uri server, string request, bool thenClose)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), deadline.Token);
        if (thenClose)
            client.Client.Shutdown(SocketShutdown.Send);
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, deadline.Token);
        }
        catch (IOException)
        {
            // reset instead of closed
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
