using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Situational.Contracts.Http;

namespace Situational.Cli.Tests.Support;

/// <summary>A real HTTP server on loopback that answers as a test says and keeps what it was sent.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Path, string Body)> _requests = [];
    private readonly List<string> _keys = [];

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Method and path, and body, of every request so far.</summary>
    public IReadOnlyList<(string Path, string Body)> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Every idempotency key so far.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_requests)
                return [.. _keys];
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Given the number of the request, from 0, and its body.</param>
    public static Task<ScriptedServer> StartAsync(Func<int, string, IResult> answer) => StartAsync((number, _, body) => answer(number, body));

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Given the number of the request, from 0, its method and address, and its body.</param>
    public static async Task<ScriptedServer> StartAsync(Func<int, string, string, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ScriptedServer(app);
        app.MapFallback(async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var address = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";
            int number;
            lock (server._requests)
            {
                number = server._requests.Count;
                server._requests.Add((address, body));
                if (context.Request.Headers["Idempotency-Key"] is [{ } key])
                    server._keys.Add(key);
            }
            return answer(number, address, body);
        });
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Takes all positions.</summary>
    public static IResult TakeAll(string body)
    {
        var count = JsonDocument.Parse(body).RootElement.GetArrayLength();
        return Results.Json(new PositionsAnswer(count, count, count, 0, 0, 0, 0, 0, 0, []), statusCode: 202);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
