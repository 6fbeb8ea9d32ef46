using System.Net;
using Situational.Cli.Http;
using Situational.Cli.Tests.Support;
using Situational.Contracts.Http;
using Situational.Testing;

namespace Situational.Cli.Tests.Desks;

/// <summary>Two commands to a desk: start the system, ask for a pass.</summary>
public sealed class PassTests
{
    [Fact]
    public async Task Pass_PrintsALinkThatOpensThePersonsDesk()
    {
        await using var host = await HostProcess.StartAsync();

        var (code, output, errors) = await CliProcess.RunAsync(host, "pass", "--id", "w-li", "--name", "李婷", "--role", "officer");

        Assert.Equal((0, ""), (code, errors));
        var lines = output.Split('\n');
        Assert.StartsWith($"Desk: {host.BaseAddress}duty?pass=", lines[0]);
        Assert.Contains("李婷", lines[1]);
        Assert.Contains("12 h", lines[1]);
        using var client = new SituationalClient(host.BaseAddress, host.Key, TimeProvider.System);
        var fix = new FixRequest("u-1", 39.9, 116.4, TimeProvider.System.GetUtcNow(), Squad: "north");
        (await client.PostPositionsAsync([fix], default)).Require("enrolling a unit");
        (await client.RaiseSosAsync("u-1", new SosRequest(), default)).Require("calling for help");
        using var desk = await SituationalClient.OpenDeskAsync(host.BaseAddress, new Uri(lines[0]["Desk: ".Length..]).PathAndQuery, TimeProvider.System, default);
        var answered = (await desk.AnswerSosAsync("u-1", new SosReplyRequest("在路上"), default)).Require("answering");
        Assert.Equal("w-li", answered.AnsweredBy);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.PassAsync(new PassRequest("w-li", null, "supervisor"), default)).Status);
    }

    [Fact]
    public async Task Pass_ForALead_OpensThePatrolDesk()
    {
        await using var host = await HostProcess.StartAsync();

        var (code, output, _) = await CliProcess.RunAsync(host, "pass", "--id", "w-zhao", "--role", "lead", "--squad", "north", "--hours", "2");

        Assert.Equal(0, code);
        Assert.Contains("patrol?pass=", output);
        Assert.Contains("2 h", output);
    }

    [Theory]
    [InlineData("squad: Is required", "--id", "w-zhao", "--role", "lead")]
    [InlineData("1 to 64", "--id", " ", "--role", "officer")]
    [InlineData("--hours: 25 is not between 1 and 24", "--id", "w-zhao", "--role", "officer", "--hours", "25")]
    [InlineData("admin", "--id", "w-zhao", "--role", "admin")]
    [InlineData("--role", "--id", "w-zhao")]
    public async Task Pass_ThatIsWrong_SaysWhatAndEndsWithAFault(string said, params string[] arguments)
    {
        await using var host = await HostProcess.StartAsync();

        var (code, output, errors) = await CliProcess.RunAsync(host, ["pass", .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains(said, errors);
        Assert.DoesNotContain("pass=", output);
    }

    [Fact]
    public async Task Desk_OfALinkThatOpensNothing_IsAFault()
    {
        await using var host = await HostProcess.StartAsync();

        await Assert.ThrowsAsync<ClientException>(() => SituationalClient.OpenDeskAsync(host.BaseAddress, "/duty?pass=x", TimeProvider.System, default));
    }
}
