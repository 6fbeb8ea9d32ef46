using Situational.Testing;

namespace Situational.Host.Tests.Cluster;

public sealed class SiloClusterTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("situational-");

    public void Dispose() => _data.Delete(recursive: true);

#if ORLEANS_EMBEDDED
    [Fact]
    public async Task Redis_OnAnEmbeddedBuild_IsRefusedInOneLine()
    {
        var exit = await RunAsync("--Situational:Cluster:Redis=127.0.0.1:6379");

        Assert.Equal(4, exit.Code);
        Assert.StartsWith("situational: Situational:Cluster:Redis is set, but this build runs on Orleans.Embedded", Assert.Single(Lines(exit.Errors)));
        Assert.Empty(exit.Output);
    }
#else
    [Fact]
    public async Task Redis_ThatDoesNotAnswer_IsRefusedInOneLine()
    {
        var exit = await RunAsync("--Situational:Cluster:Redis=127.0.0.1:1,connectTimeout=500,connectRetry=1");

        Assert.Equal(5, exit.Code);
        Assert.StartsWith("situational: the Redis of the cluster does not answer", Assert.Single(Lines(exit.Errors)));
        Assert.Empty(exit.Output);
    }

    [Theory]
    [InlineData("Address=nowhere", "which is no IP address")]
    [InlineData("SiloPort=70000", "it must be 0 to 65535")]
    [InlineData("GatewayPort=-1", "it must be 0 to 65535")]
    public async Task Setting_ThatCannotBe_IsRefusedInOneLine(string setting, string why)
    {
        var exit = await RunAsync($"--Situational:Cluster:{setting}");

        Assert.Equal(4, exit.Code);
        Assert.Contains(why, Assert.Single(Lines(exit.Errors)));
    }
#endif

    private Task<HostExit> RunAsync(string setting) =>
        HostProcess.RunToExitAsync(["--urls", "http://127.0.0.1:0", "--data", _data.FullName, setting]);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
