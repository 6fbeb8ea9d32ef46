using System.Diagnostics;
using System.Globalization;
using Situational.Cli.Demo;
using Situational.Cli.Http;
using Situational.Cli.Tests.Support;
using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Cli.Tests.Demo;

/// <summary>The demo against the real system: hours of it in seconds, so that the server finds everything done very fast.</summary>
public sealed class DemoHostTests
{
    [Fact]
    public async Task Demo_OnTheRealSystem_TakesCasesThroughTheWholeLoop()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);
        var street = DemoStreet.Build(7);
        (await client.PutTerritoryAsync(DemoTerritory.ToGeoJson(street), "", default)).Require("loading the street");
        var walkers = Enumerable.Range(0, 24).Select(i => new Walker(street, i % 8, i / 8 + 1, i)).ToList();
        var now = TimeProvider.System.GetUtcNow();
        (await client.PostPositionsAsync([.. walkers.Select(w => w.Step(6, now)!)], default)).Require("sending positions");
        var cases = new DemoCases(client, street, await DemoCatalogue.ReadAsync(client, default), walkers, 7, 12, 20);

        await cases.FillAsync(now, default);
        for (var seconds = 0; seconds < 2 * 3600; seconds += 5)
            await cases.StepAsync(now.AddSeconds(seconds), default);

        var all = await AllAsync(client);
        Assert.All(all, c => Assert.Equal("demo", c.Source));
        Assert.True(all.Count(c => c.Stage == "closed") > all.Count / 2, Summary(all));
        foreach (var stage in new[] { "rejected", "merged" })
            Assert.True(all.Exists(c => c.Stage == stage), stage + ": " + Summary(all));
        Assert.True(all.Exists(c => c.Spot?.Verified == true), "verified on the spot: " + Summary(all));
        Assert.True(all.Exists(c => c.Reports > 1), "joined: " + Summary(all));
        Assert.True(all.Exists(c => c.Ratings.Count > 0), "rated: " + Summary(all));
        Assert.True(all.Exists(c => c.Whistles.Any(w => w.Musters.Any(m => m.State == "done"))), "done: " + Summary(all));
        Assert.True(all.Exists(c => c.Whistles.Any(w => w.Musters.Any(m => m.RoutedFrom is not null))), "routed: " + Summary(all));
        var open = all.Count(IsOpen);
        Assert.True(open - cases.Open is >= 0 and <= 3, $"{open} are open, the demo deals with {cases.Open}");
    }

    [Fact]
    public async Task Demo_StoppedAndStartedAgain_EndsCleanlyAndGoesOnWithWhatIsOpen()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);

        await RunAWhileAsync(host);
        var before = await AllAsync(client);
        await RunAWhileAsync(host);
        var after = await AllAsync(client);

        Assert.InRange(before.Count(IsOpen), 35, 50);
        Assert.InRange(after.Count, before.Count, before.Count + 10);
        Assert.True(before.Select(c => c.Stage).Distinct().Count() > 2, "it looks at work from the first second: " + Summary(before));
    }

    private static async Task RunAWhileAsync(HostProcess host)
    {
        using var demo = CliProcess.Start(host, "demo", "--open", "40", "--units", "20");
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            string? line;
            do line = await demo.StandardOutput.ReadLineAsync(deadline.Token);
            while (line is not null && !line.Contains("is alive", StringComparison.Ordinal));
            Assert.NotNull(line);
            using (var stop = Process.Start("kill", ["-TERM", demo.Id.ToString(CultureInfo.InvariantCulture)]))
                await stop.WaitForExitAsync(deadline.Token);
            await demo.WaitForExitAsync(deadline.Token);
            Assert.Equal(0, demo.ExitCode);
            Assert.Empty(await demo.StandardError.ReadToEndAsync(deadline.Token));
        }
        finally
        {
            if (!demo.HasExited)
                demo.Kill();
        }
    }

    private static bool IsOpen(CaseAnswer one) => one.Stage is not ("closed" or "rejected" or "merged");

    private static async Task<List<CaseAnswer>> AllAsync(SituationalClient client)
    {
        var all = new List<CaseAnswer>();
        foreach (var stage in new[]
        {
            "reported", "accepted", "dispatched", "handling", "handled", "verified", "closed", "rejected", "returned", "rework", "suspended", "merged",
        })
            for (string? cursor = null; ;)
            {
                var page = (await client.CasesAsync(stage, cursor, default)).Require("reading");
                all.AddRange(page.Cases);
                if ((cursor = page.Next) is null)
                    break;
            }
        return all;
    }

    private static string Summary(List<CaseAnswer> all) => string.Join(", ", all.GroupBy(c => c.Stage).Select(g => $"{g.Key} {g.Count()}"));
}
