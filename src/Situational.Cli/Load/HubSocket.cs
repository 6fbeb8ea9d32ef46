using System.Net.Sockets;
using System.Text;
using Situational.Contracts.Feed;

namespace Situational.Cli.Load;

/// <summary>What every screen says to the hub.</summary>
internal static class HubSocket
{
    /// <summary>The hub protocol's first word.</summary>
    public static readonly byte[] HandShake = HubStream.Frame("""{"protocol":"json","version":1}""");

    /// <summary>A sign of life: who says nothing for 30 s is closed.</summary>
    public static readonly byte[] Ping = HubStream.Frame("""{"type":6}""");

    /// <summary>How often a screen says that it is there.</summary>
    public static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(8);

    /// <summary>Makes a connection a web socket; what came after the answer's head goes into the stream.</summary>
    /// <exception cref="IOException">The server refuses.</exception>
    public static async Task UpgradeAsync(Socket socket, LoadTarget target, HubStream stream)
    {
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {FeedNames.HubPath} HTTP/1.1\r\n{target.Head}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\n\r\n"));
        var head = new byte[4_096];
        var length = 0;
        int end;
        while ((end = head.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var count = length < head.Length ? await socket.ReceiveAsync(head.AsMemory(length), SocketFlags.None) : 0;
            if (count == 0)
                throw new IOException("no answer to the upgrade");
            length += count;
        }
        var status = Encoding.ASCII.GetString(head, 0, head.AsSpan(0, length).IndexOf((byte)'\r'));
        if (!status.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new IOException("upgrade: " + status);
        head.AsMemory((end + 4)..length).CopyTo(stream.Free());
        stream.Advance(length - end - 4);
    }

    /// <summary>The frame that begins a watch.</summary>
    /// <param name="invocation">Its id.</param>
    /// <param name="watch">What is watched.</param>
    /// <param name="since">Where the screen stands, with its name, or empty.</param>
    public static byte[] Watch(string invocation, ScreenWatch watch, string since) => HubStream.Frame(
        $$"""{"type":4,"invocationId":"{{invocation}}","target":"{{FeedNames.WatchMethod}}","arguments":[{"area":"{{watch.Area}}"{{watch.Box}}{{since}}}]}""");
}
