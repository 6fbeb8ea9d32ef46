using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Situational.Web.Tests.Pages;

/// <summary>The pages on a real socket, with a visitor whose area the test decides.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(WebApplication app, HttpClient client)
    {
        _app = app;
        Client = client;
    }

    public HttpClient Client { get; }

    public static Task<PageServer> StartAsync(string? area = "440306", params (string Name, string Value)[] settings) =>
        StartAsync(area, person: null, settings);

    /// <summary>With a person at a desk.</summary>
    public static Task<PageServer> StartAsync(DeskPerson person, params (string Name, string Value)[] settings) =>
        StartAsync(area: null, person, settings);

    private static async Task<PageServer> StartAsync(string? area, DeskPerson? person, (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.Services.AddSingleton<IWallScope>(new Visitor(area));
        builder.Services.AddSingleton<IDeskScope>(new Desk(person));
        builder.Services.AddSingleton<IWallNames>(new Names());
        builder.Services.AddSituationalWeb();
        var app = builder.Build();
        app.MapSituationalWeb();
        await app.StartAsync();
        return new PageServer(app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });
    }

    public async Task<HttpResponseMessage> GetAsync(string address, string? acceptLanguage = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (acceptLanguage is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", acceptLanguage);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Visitor(string? area) : IWallScope
    {
        public string Runtime => "embedded";

        public string? AreaOf(HttpContext context) => area;
    }

    private sealed class Desk(DeskPerson? person) : IDeskScope
    {
        public DeskPerson? PersonOf(HttpContext context) => person;
    }

    private sealed class Names : IWallNames
    {
        public WallNames In(string language) => new([new("fire", language == "en" ? "Fire \"<b>" : "火情")], [new("urgent", "急"), new("slow", "缓")]);
    }
}
