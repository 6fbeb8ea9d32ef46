using Microsoft.Extensions.Hosting;

namespace Situational.Storage.Redis;

/// <summary>Needs Redis when the host starts, so that one that will not do ends the start and not the first report.</summary>
internal sealed class RedisStart(RedisStore store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.StartAsync(cancellationToken).ConfigureAwait(false);
        await new RedisPastProjection(store).MakeAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
