using System.Net;
using System.Net.Sockets;
using Situational.Testing;

namespace Situational.Host.Tests.Setup;

/// <summary>Starts that are refused, each with one line and its exit code.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("situational-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Start_PortInUse_IsRefused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var exit = await HostProcess.RunToExitAsync(["--urls", $"http://127.0.0.1:{port}", "--data", _data.FullName]);

        AssertRefused(exit, 2, $"{port}");
    }

    [Fact]
    public async Task Start_DataFolderThatCannotBe_IsRefused()
    {
        var file = Path.Combine(_data.FullName, "file");
        await File.WriteAllTextAsync(file, "");

        AssertRefused(await HostProcess.RunToExitAsync(["--urls", "http://127.0.0.1:0", "--data", Path.Combine(file, "data")]), 3, file);
        AssertRefused(await HostProcess.RunToExitAsync(["--urls", "http://127.0.0.1:0", "--data", file]), 3, file);
    }

    [Fact]
    public async Task Start_DataFolderOfARunningHost_IsRefused()
    {
        await using var host = await HostProcess.StartAsync();

        AssertRefused(await HostProcess.RunToExitAsync(["--urls", "http://127.0.0.1:0", "--data", host.DataFolder]), 3, "in use");
    }

    [Trait("Fault", "S12")]
    [Theory]
    [InlineData("--urls=http://0.0.0.0:0", "--insecure-http")]
    [InlineData("--urls=http://*:0", "--insecure-http")]
    [InlineData("--urls=http://[::]:0", "--insecure-http")]
    [InlineData("--Kestrel:Endpoints:Public:Url=http://0.0.0.0:0", "--insecure-http")]
    [InlineData("--urls=127.0.0.1", "127.0.0.1")]
    [InlineData("--Situational:Ingest:Key=short", "24")]
    [InlineData("--Situational:Ingest:Key=", "24")]
    [InlineData("--Situational:Ingest:MaxUnits=0", "MaxUnits")]
    [InlineData("--Situational:Ingest:BodySeconds=1000", "BodySeconds")]
    public async Task Start_SettingThatIsUnsafeOrInvalid_IsRefused(string setting, string named)
    {
        string[] urls = setting.StartsWith("--urls", StringComparison.Ordinal) ? [] : ["--urls", "http://127.0.0.1:0"];

        AssertRefused(await HostProcess.RunToExitAsync([.. urls, "--data", _data.FullName, setting]), 4, named);
    }

    [Fact]
    public async Task Start_PublicAddressSaidExplicitly_IsTaken()
    {
        // the same address twice: what is refused now is the address in use, not that it is public
        using var taken = new TcpListener(IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        AssertRefused(await HostProcess.RunToExitAsync(["--urls", $"http://0.0.0.0:{port}", "--data", _data.FullName, "--insecure-http"]), 2, $"{port}");
    }

    [Fact]
    public async Task Start_AskedForHelp_Explains()
    {
        var exit = await HostProcess.RunToExitAsync(["--help"]);

        Assert.Equal((0, ""), (exit.Code, exit.Errors));
        Assert.Contains("--insecure-http", exit.Output);
    }

    private static void AssertRefused(HostExit exit, int code, string named)
    {
        Assert.True(exit.Code == code, $"code {exit.Code}: {exit.Errors}");
        Assert.Empty(exit.Output);
        var line = Assert.Single(exit.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("situational: ", line);
        Assert.Contains(named, line);
    }
}
