using Situational.Cli.Http;
using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>What may be loaded.</summary>
public sealed class LoadTargetTests
{
    [Theory]
    [InlineData("http://192.0.2.1:5080", "--allow-remote")]
    [InlineData("https://127.0.0.1:5080", "plain http")]
    public async Task FindAsync_OfAnotherMachineOrTls_Refuses(string server, string said)
    {
        var refused = await Assert.ThrowsAsync<ClientException>(() => LoadTarget.FindAsync(new Uri(server), "key", false, default));

        Assert.Contains(said, refused.Message);
    }

    [Theory]
    [InlineData("http://192.0.2.1:5080", true)]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("http://localhost:5080", false)]
    public async Task FindAsync_OfThisMachineOrWhatIsAllowed_FindsIt(string server, bool allowed)
    {
        var target = await LoadTarget.FindAsync(new Uri(server), "key", allowed, default);

        Assert.Equal(5080, target.Address.Port);
    }
}
