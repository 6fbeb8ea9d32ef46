using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Identity;

[Collection(SharedHost.Name)]
public sealed class TicketEndTests(HostFixture shared)
{
    [Fact]
    public async Task Screen_LetInByATicket_IsCutWhenTheTicketEndsAndNotBefore()
    {
        var lifetime = TimeSpan.FromSeconds(5);
        var begun = TimeProvider.System.GetUtcNow();
        await using var screen = await FeedScreen.StartAsync(new FeedScreenOptions
        {
            Server = shared.Host.BaseAddress, Ticket = WallTickets.Good(shared.Host, lifetime), Reconnect = false,
        });

        await screen.EndAsync(TestContext.Current.CancellationToken);

        Assert.True(TimeProvider.System.GetUtcNow() - begun >= lifetime);
    }
}
