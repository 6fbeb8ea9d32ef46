using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Situational.Browser.Tests.Chromium))]
// The machine draws in software: two walls at once would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Situational.Browser.Tests;

/// <summary>
/// The system's Chromium, started once. Where it is missing, tests are skipped with the reason; in CI they fail,
/// because there a wall that nobody looked at is not tested.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--enable-precise-memory-info",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("SITUATIONAL_CHROMIUM") ?? Array.Find(Places, File.Exists);
        if (path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Headless = true, Args = Flags });
    }

    /// <summary>A window of its own, with no cookies and an empty cache.</summary>
    internal async Task<IBrowserContext> OpenAsync(WindowOptions options)
    {
        if (_browser is null)
        {
            const string Missing = "Chromium is not installed: none of /usr/bin/chromium, /usr/bin/chromium-browser, /usr/bin/google-chrome is there.";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") is null or "" or "false", Missing);
            Assert.Fail(Missing);
        }

        return await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            Locale = options.Language,
            TimezoneId = "Asia/Shanghai",
            ReducedMotion = options.ReducedMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>How a window looks.</summary>
internal sealed record WindowOptions(int Width = 1920, int Height = 1080, string Language = "zh-CN", bool ReducedMotion = false);
