using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Identity;

[Trait("Fault", "S4")]
[Collection(SharedHost.Name)]
public sealed class TicketEndTests(HostFixture shared)
{
    [Fact]
    public async Task Screen_LetInByATicket_IsCutWhenTheTicketEnds()
    {
        await using var lasting = await FeedScreen.StartAsync(Options(TimeSpan.FromHours(1)));
        await using var screen = await FeedScreen.StartAsync(Options(TimeSpan.FromSeconds(5)) with { Reconnect = false });

        await screen.EndAsync(TestContext.Current.CancellationToken);

        // one whose ticket is still good stays
        Assert.Equal((1, null), (lasting.Connections, lasting.LastError));
    }

    private FeedScreenOptions Options(TimeSpan lifetime) =>
        new() { Server = shared.Host.BaseAddress, Ticket = WallTickets.Good(shared.Host, lifetime) };
}
