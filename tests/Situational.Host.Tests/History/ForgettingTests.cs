using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Situational.Domain.Catalogue;
using Situational.Domain.Journal;
using Situational.Grains.Options;
using Situational.Host.History;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.History;

/// <summary>What is kept for some days only goes by night, in small portions.</summary>
public sealed class ForgettingTests
{
    // 16:00 in the city, whose night begins 9 hours later.
    private readonly FakeClock _clock = new();
    private readonly FakeKept _kept = new();

    [Fact]
    public async Task Removing_IsDoneInSmallPortionsOfWhatIsTooOld()
    {
        _kept.Old = 3 * Forgetting.Portion + 7;
        using var forgetting = Make();
        var now = _clock.GetUtcNow();

        var done = forgetting.ForgetAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() =>
        {
            _clock.Advance(Forgetting.Pause);
            return Task.FromResult(done.IsCompleted);
        }, "all is removed");

        Assert.True(await done);
        Assert.All(_kept.Asked, asked => Assert.Equal(Forgetting.Portion, asked.Most));
        Assert.Equal(
            [
                ("cases", now.AddDays(-7), 4), ("points", now.AddDays(-7), 4), ("acknowledged", now.AddDays(-31), 4), ("Daily", Day(2026, 8, 14), 4),
                ("Monthly", Day(2024, 4, 1), 4), ("Quarterly", Day(2019, 2, 1), 4),
            ],
            _kept.Asked.GroupBy(a => (a.What, a.Before)).Select(g => (g.Key.What, g.Key.Before, g.Count())));
    }

    [Fact]
    public async Task ItsTime_IsTheCitysNight()
    {
        using var forgetting = Make();
        await forgetting.StartAsync(TestContext.Current.CancellationToken);
        for (var minutes = 0; minutes < 8 * 60 + 50; minutes += 10)
            await PassAsync();
        Assert.Empty(_kept.Asked);

        await Eventually.HoldsAsync(async () =>
        {
            await PassAsync();
            return _kept.Asked.Count > 0;
        }, "it begins");

        Assert.InRange(TimeZoneInfo.ConvertTime(_clock.GetUtcNow(), CityRules.Default.Calendar.Zone).Hour, 1, 4);
        await forgetting.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Store_ThatIsAway_IsAskedAgain()
    {
        using var forgetting = Make();
        _kept.Fault = new JournalUnavailableException("away");

        Assert.False(await forgetting.ForgetAsync(TestContext.Current.CancellationToken));
        _kept.Fault = null;
        Assert.True(await forgetting.ForgetAsync(TestContext.Current.CancellationToken));
    }

    private Forgetting Make() => new(
        _kept, _kept, _kept, _kept, Options.Create(new PastOptions()), Options.Create(new TrailsOptions()), Options.Create(new CoverageOptions()),
        CityRules.Default, _clock, NullLogger<Forgetting>.Instance);

    private async Task PassAsync()
    {
        _clock.Advance(Forgetting.Look);
        await Task.Yield();
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
