using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Situational.Cli.Http;
using Situational.Cli.Tests.Support;
using Situational.Testing;

namespace Situational.Cli.Tests.Load;

/// <summary>What the load sends is true to a real server.</summary>
public sealed class LoadHostTests
{
    [Theory]
    [InlineData("array", "--pipeline", "3")]
    [InlineData("lines", "--bare")]
    public async Task Load_OfSoManyFixesAndReports_AllAreTakenAndMoveTheirUnits(string form, params string[] more)
    {
        await using var host = await HostProcess.StartAsync();
        var file = Path.Combine(host.DataFolder, "load.json");

        var (code, output, errors) = await CliProcess.RunAsync(host,
            ["load", "--grids", "200", "--fixes", "max", "--batch", "50", "--connections", "4", "--units", "1000", "--form", form, "--count", "15000",
             "--seconds", "120", "--server-pid", $"{host.Id}", "--json", file, .. more]);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("15,000 moved, 0 older, 0 repeated, 0 future, 0 jumps, 0 outside", output);
        using var result = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        var flow = result.RootElement.GetProperty("positions").GetProperty("flow");
        Assert.Equal((15_000, 15_000), (flow.GetProperty("offered").GetInt32(), flow.GetProperty("accepted").GetInt32()));
        Assert.True(flow.GetProperty("latency").GetProperty("p99").GetDouble() > 0);
        Assert.True(result.RootElement.GetProperty("server").GetProperty("peakBytes").GetInt64() > 1_000_000);
        Assert.DoesNotContain(host.Key, output);
    }

    [Fact]
    public async Task Load_AtRates_EndsByItselfAndReportsAreCases()
    {
        await using var host = await HostProcess.StartAsync();
        var file = Path.Combine(host.DataFolder, "load.json");

        var (code, _, errors) = await CliProcess.RunAsync(host,
            "load", "--grids", "200", "--fixes", "200", "--batch", "10", "--connections", "2", "--units", "100", "--reports", "20", "--callers", "4",
            "--seconds", "3", "--warm-up", "0.5", "--json", file);

        Assert.Equal((0, ""), (code, errors));
        using var result = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        var reports = result.RootElement.GetProperty("reports");
        var accepted = reports.GetProperty("accepted").GetInt32();
        Assert.True(accepted > 0);
        Assert.Empty(reports.GetProperty("refused").EnumerateObject());
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);
        var cases = (await client.CasesAsync("reported", null, default)).Require("reading cases");
        Assert.True(cases.Cases.Count >= accepted, $"{cases.Cases.Count} cases of {accepted} reports");
    }

    [Fact]
    public async Task Load_WithScreens_SeesMarkersOnAllOfThemAndFindsNoFault()
    {
        await using var host = await HostProcess.StartAsync();
        var file = Path.Combine(host.DataFolder, "load.json");

        var (code, _, errors) = await CliProcess.RunAsync(host,
            "load", "--grids", "200", "--fixes", "100", "--batch", "10", "--connections", "2", "--units", "100", "--screens", "4", "--verify", "0.5", "--markers", "4", "--stalled", "2", "--slow", "2", "--restless", "2",
            "--seconds", "3", "--warm-up", "0.5", "--json", file);

        Assert.Equal((0, ""), (code, errors));
        using var result = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        var screens = result.RootElement.GetProperty("screens");
        Assert.Equal(4, screens.GetProperty("ready").GetInt32());
        Assert.True(screens.GetProperty("deltas").GetInt32() > 4);
        Assert.InRange(screens.GetProperty("digests").GetInt32(), 1, screens.GetProperty("frames").GetInt32() / 2 + 2);
        Assert.Equal(0, screens.GetProperty("gaps").GetInt32() + screens.GetProperty("digestFaults").GetInt32() + screens.GetProperty("breaches").GetInt32());
        var markers = result.RootElement.GetProperty("markers");
        Assert.Equal(6, screens.GetProperty("bad").GetProperty("count").GetInt32());
        Assert.True(screens.GetProperty("bad").GetProperty("connections").GetInt32() >= 6);
        Assert.InRange(markers.GetProperty("latency").GetProperty("count").GetInt32(), 4, 4 * markers.GetProperty("sent").GetInt32());
    }

    [Fact]
    public async Task Load_ThatIsStopped_PrintsWhatItMeasuredAndEndsWell()
    {
        await using var host = await HostProcess.StartAsync();
        var file = Path.Combine(host.DataFolder, "load.json");
        using var load = CliProcess.Start(host,
            "load", "--grids", "200", "--fixes", "max", "--units", "1000", "--connections", "4", "--screens", "1", "--seconds", "3600", "--warm-up", "0", "--json", file);
        var output = load.StandardOutput.ReadToEndAsync();
        using var client = host.CreateClient();
        // the fix that makes a unit known has no heading; those of the run have
        await UntilAsync(async () => Regex.IsMatch(await client.GetStringAsync("api/v1/units"), "\"heading\":[0-9]"));

        using var kill = Process.Start("kill", ["-INT", $"{load.Id}"]);
        await load.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(0, load.ExitCode);
        Assert.Contains("accepted", await output);
        Assert.True(File.Exists(file));
    }

    [Theory]
    [InlineData("nothing to do", "load")]
    [InlineData("--units", "load", "--fixes", "max", "--units", "10")]
    [InlineData("--fixes: 'much' is neither", "load", "--fixes", "much")]
    [InlineData("screens get no picture: ", "load", "--grids", "20", "--screens", "3", "--area", "nowhere")]
    [InlineData("reading the territory: 404", "load", "--fixes", "10")]
    public async Task Load_ThatCannotBe_SaysWhy(string said, params string[] arguments)
    {
        await using var host = await HostProcess.StartAsync();

        var (code, _, errors) = await CliProcess.RunAsync(host, arguments);

        Assert.Equal(1, code);
        Assert.Contains(said, errors);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(20, deadline.Token);
    }
}
