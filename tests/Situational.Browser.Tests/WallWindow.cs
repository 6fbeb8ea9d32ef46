using Microsoft.Playwright;

namespace Situational.Browser.Tests;

/// <summary>A wall open in a window, with everything it complained about.</summary>
internal sealed class WallWindow : IAsyncDisposable
{
    private const float Patience = 60_000;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _expected = [];

    private WallWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complain($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Complain("uncaught: " + error);
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings, uncaught exceptions and violations of the content security policy so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    /// <summary>Opens the link that the host printed.</summary>
    public static async Task<WallWindow> OpenAsync(Chromium chromium, City city, WindowOptions? options = null, string query = "")
    {
        options ??= new WindowOptions();
        var context = await chromium.OpenAsync(options);
        var wall = new WallWindow(context, await context.NewPageAsync());
        await wall.Page.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));");
        await wall.Page.GotoAsync(city.Host.WallLink + "&lang=" + options.Language + query);
        return wall;
    }

    /// <summary>Waits until a JavaScript expression about <c>wall</c> (the element) is true.</summary>
    public Task UntilAsync(string expression, float patience = Patience) =>
        Page.WaitForFunctionAsync($"() => {{ const wall = document.querySelector('#wall'); return {expression}; }}", null,
            new PageWaitForFunctionOptions { Timeout = patience, PollingInterval = 20 });

    /// <summary>Waits until the wall calls its picture live and the territory is drawn.</summary>
    public Task UntilLiveAsync() => UntilAsync("wall.dataset.state === 'live' && wall.querySelector('[data-part=map-empty]').hidden");

    /// <summary>The value of a JavaScript expression about <c>wall</c>.</summary>
    public Task<T> ValueAsync<T>(string expression) =>
        Page.EvaluateAsync<T>($"() => {{ const wall = document.querySelector('#wall'); return {expression}; }}");

    /// <summary>Text of a part of the page.</summary>
    public Task<string> TextAsync(string part) => ValueAsync<string>($"wall.querySelector('[data-part=\"{part}\"]').textContent");

    /// <summary>Complaints that hold this text are the test's own doing: forgotten, and not taken from now on.</summary>
    public void Expect(string text)
    {
        lock (_complaints)
        {
            _expected.Add(text);
            _complaints.RemoveAll(complaint => complaint.Contains(text, StringComparison.Ordinal));
        }
    }

    /// <summary>The test takes the server away: what the browser itself writes about refused sockets is expected.</summary>
    public void ExpectLostServer()
    {
        Expect("ERR_CONNECTION");
        Expect("WebSocket");
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
