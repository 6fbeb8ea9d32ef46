using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Situational.Host.Api;
using Situational.Host.History;
using Situational.Host.Identity;
using Situational.Testing;
using Situational.Web;

namespace Situational.Host.Tests.History;

/// <summary>Who reads slowly closes the past to nobody else.</summary>
public sealed class PastGateTests
{
    private readonly FakeClock _clock = new();
    private readonly TaskCompletionSource<IResult> _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Play_OfTheSameIdentityAndAddress_IsOneAtATime()
    {
        var gate = new PastGate(new PastOptions(), _clock);
        var first = gate.PlayingAsync(At("10.0.0.1"), _ => _slow.Task);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, StatusOf(await gate.PlayingAsync(At("10.0.0.1"), AnswerAsync)));
        Assert.Same(Results.Empty, await gate.WithinAsync(At("10.0.0.1"), AnswerAsync));
        Assert.Same(Results.Empty, await gate.PlayingAsync(At("10.0.0.2"), AnswerAsync));
        Assert.Same(Results.Empty, await gate.PlayingAsync(At("10.0.0.1", "o-1"), AnswerAsync));

        _slow.SetResult(Results.Empty);
        await first;
        Assert.Same(Results.Empty, await gate.PlayingAsync(At("10.0.0.1"), AnswerAsync));
    }

    [Fact]
    public async Task Shift_IsAnswered_WhileThePastIsFull()
    {
        var options = Options.Create(new PastOptions { MaxRequests = 2 });
        var history = new HistoryApi(null!, null!, null!, options, _clock);
        var shift = new ShiftApi(null!, null!, options, _clock);
        Task[] slow =
        [
            history.Gate.PlayingAsync(At("10.0.0.1"), _ => _slow.Task), history.Gate.WithinAsync(At("10.0.0.2"), _ => _slow.Task),
        ];

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, StatusOf(await history.Gate.WithinAsync(At("10.0.0.3"), AnswerAsync)));
        Assert.Same(Results.Empty, await shift.Gate.WithinAsync(At("10.0.0.3"), AnswerAsync));

        _slow.SetResult(Results.Empty);
        await Task.WhenAll(slow);
        Assert.Same(Results.Empty, await history.Gate.WithinAsync(At("10.0.0.3"), AnswerAsync));
    }

    [Fact]
    public async Task Play_OfManyIdentitiesThatReadSlowly_LeavesPlacesToWhoAsksForAMoment()
    {
        var gate = new PastGate(new PastOptions { MaxRequests = 4 }, _clock);
        var slow = Enumerable.Range(1, 8).Select(i => gate.PlayingAsync(At($"10.0.0.{i}"), _ => _slow.Task)).ToArray();

        Assert.Equal(2, slow.Count(play => !play.IsCompleted));
        foreach (var play in slow.Where(play => play.IsCompleted))
            Assert.Equal(StatusCodes.Status503ServiceUnavailable, StatusOf(await play));
        Assert.Same(Results.Empty, await gate.WithinAsync(At("10.0.0.9"), AnswerAsync));

        _slow.SetResult(Results.Empty);
        await Task.WhenAll(slow);
        Assert.Same(Results.Empty, await gate.PlayingAsync(At("10.0.0.8"), AnswerAsync));
    }

    [Fact]
    public async Task Play_IsClosed_ForWhoTakesNextToNothing()
    {
        var context = At("10.0.0.1");
        var pace = new Pace();
        context.Features.Set<IHttpMinResponseDataRateFeature>(pace);

        await new PastGate(new PastOptions { MinBytesPerSecond = 5_000 }, _clock).PlayingAsync(context, AnswerAsync);

        Assert.Equal((5_000d, TimeSpan.FromSeconds(5)), (pace.MinDataRate!.BytesPerSecond, pace.MinDataRate.GracePeriod));
    }

    private static Task<IResult> AnswerAsync(CancellationToken cancellationToken) => Task.FromResult(Results.Empty);

    private static int? StatusOf(IResult result) => Assert.IsAssignableFrom<IStatusCodeHttpResult>(result).StatusCode;

    /// <summary>A wall, or a person at a desk, at an address.</summary>
    private static DefaultHttpContext At(string address, string? person = null)
    {
        ClaimsPrincipal caller = person is null
            ? Access.Principal(Access.CookieScheme, Access.Look, "")
            : Access.Principal(new DeskPerson(person, person, "officer", null));
        var context = new DefaultHttpContext { User = caller };
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }

    private sealed class Pace : IHttpMinResponseDataRateFeature
    {
        public MinDataRate? MinDataRate { get; set; }
    }
}
