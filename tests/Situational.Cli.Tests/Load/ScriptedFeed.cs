using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Situational.Cli.Tests.Load;

/// <summary>A hub on loopback that says what a test says, and keeps what it was sent.</summary>
internal sealed class ScriptedFeed : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<string> _records = Channel.CreateUnbounded<string>();
    private WebSocket? _socket;

    private ScriptedFeed(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it.</summary>
    public static async Task<ScriptedFeed> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        var feed = new ScriptedFeed(app);
        app.Map("/hubs/situation", async context =>
        {
            using var socket = feed._socket = await context.WebSockets.AcceptWebSocketAsync();
            await feed.ListenAsync(socket);
        });
        await app.StartAsync();
        feed.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return feed;
    }

    /// <summary>The next record that a screen sends.</summary>
    public async Task<string> HearAsync() => await _records.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Says a record to the screen that came last.</summary>
    public Task SayAsync(string record) => _socket!.SendAsync(Encoding.UTF8.GetBytes(record + "\u001e"), WebSocketMessageType.Text, true, default);

    /// <summary>Cuts the connection of the screen that came last.</summary>
    public void Cut() => _socket!.Abort();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ListenAsync(WebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(length), default) is { MessageType: not WebSocketMessageType.Close } got)
            {
                length += got.Count;
                for (var end = buffer.AsSpan(0, length).IndexOf((byte)0x1E); end >= 0; end = buffer.AsSpan(0, length).IndexOf((byte)0x1E))
                {
                    _records.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, end));
                    buffer.AsSpan(end + 1, length - end - 1).CopyTo(buffer);
                    length -= end + 1;
                }
            }
        }
        catch (WebSocketException)
        {
            // the screen went, or the test cut it
        }
    }
}
