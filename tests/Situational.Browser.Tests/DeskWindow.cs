using Microsoft.Playwright;
using Situational.Contracts.Http;

namespace Situational.Browser.Tests;

/// <summary>A person's desk open in a window, with everything it complained about.</summary>
internal sealed class DeskWindow : IAsyncDisposable
{
    private const float Patience = 60_000;
    private readonly IBrowserContext _context;
    private readonly WindowOptions _options;
    private readonly List<string> _complaints = [];
    private readonly List<string> _expected = [];

    private DeskWindow(IBrowserContext context, IPage page, WindowOptions options)
    {
        _context = context;
        _options = options;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complain($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Complain("uncaught: " + error);
    }

    public IPage Page { get; }

    /// <summary>Cookies of this person's browser.</summary>
    public IBrowserContext Context => _context;

    /// <summary>Errors, warnings, uncaught exceptions and violations of the content security policy so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    /// <summary>Gives the person a pass and opens their desk. <paramref name="query"/> begins with <c>&amp;</c>.</summary>
    public static async Task<DeskWindow> OpenAsync(Chromium chromium, City city, PassRequest person, WindowOptions? options = null, string query = "")
    {
        options ??= new WindowOptions(1440, 900);
        var context = await chromium.OpenAsync(options);
        var desk = new DeskWindow(context, await context.NewPageAsync(), options);
        await desk.Page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));");
        await desk.SignInAsync(city, person, query);
        return desk;
    }

    /// <summary>Opens a new pass of the person in this window.</summary>
    public async Task SignInAsync(City city, PassRequest person, string query = "") =>
        await Page.GotoAsync(await city.PassAsync(person) + "&lang=" + _options.Language + query);

    /// <summary>Goes to a page of the same server, such as <c>duty/handover</c>.</summary>
    public async Task GoAsync(City city, string path) =>
        await Page.GotoAsync(new Uri(city.Host.BaseAddress, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + _options.Language).ToString());

    /// <summary>Waits until a JavaScript expression about <c>desk</c>, the element, and <c>$</c>, the first element of a selector, is true.</summary>
    public Task UntilAsync(string expression, float patience = Patience) =>
        Page.WaitForFunctionAsync(
            $"() => {{ const desk = document.querySelector('#desk'), $ = s => document.querySelector(s); return {expression}; }}", null,
            new PageWaitForFunctionOptions { Timeout = patience, PollingInterval = 50 });

    /// <summary>Waits until the desk calls its picture live.</summary>
    public Task UntilLiveAsync() => UntilAsync("desk?.dataset.state === 'live'");

    /// <summary>The value of a JavaScript expression about <c>desk</c> and <c>$</c>.</summary>
    public Task<T> ValueAsync<T>(string expression) =>
        Page.EvaluateAsync<T>($"() => {{ const desk = document.querySelector('#desk'), $ = s => document.querySelector(s); return {expression}; }}");

    /// <summary>Complaints that hold this text are the test's own doing: forgotten, and not taken from now on.</summary>
    public void Expect(string text)
    {
        lock (_complaints)
        {
            _expected.Add(text);
            _complaints.RemoveAll(complaint => complaint.Contains(text, StringComparison.Ordinal));
        }
    }

    /// <summary>Keeps a picture for people, where <c>SITUATIONAL_SCREENSHOTS</c> names a folder.</summary>
    public async Task KeepAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SITUATIONAL_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(
                Path.Combine(folder, $"{name}-{_options.Width}x{_options.Height}-{_options.Language}.png"), await Page.ScreenshotAsync());
    }

    /// <summary>Closes the window; fails the test if the page complained.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Equal([], Complaints);
    }

    private void Complain(string text)
    {
        lock (_complaints)
        {
            if (!_expected.Exists(expected => text.Contains(expected, StringComparison.Ordinal)))
                _complaints.Add(text);
        }
    }
}
