using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Situational.Domain.Journal;
using Situational.Grains.Feed;
using Situational.Grains.Tests.Support;

namespace Situational.Grains.Tests.Feed;

public sealed class FeedOutboxSetupTests
{
    [Fact]
    public void Instruments_OfGrainsAndOutbox_ShareOneMeter()
    {
        using var services = new ServiceCollection()
            .AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddFeedOutbox().AddSingleton<IJournal>(new MemoryJournal()).BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var meters = new HashSet<Meter>();
        var names = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name != GrainsMetrics.MeterName || instrument.Meter.Scope is not null && instrument.Meter.Scope != factory)
                    return;
                meters.Add(instrument.Meter);
                names.Add(instrument.Name);
            },
        };
        listener.Start();

        Assert.Contains(services.GetServices<IHostedService>(), s => s is FeedPump);

        Assert.Single(meters);
        Assert.Contains("situational.outbox.messages", names);
        Assert.Contains("situational.fixes", names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }
}
