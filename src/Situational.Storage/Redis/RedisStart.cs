using Microsoft.Extensions.Hosting;

namespace Situational.Storage.Redis;

/// <summary>Needs Redis when the host starts, so that one that will not do ends the start and not the first report.</summary>
internal sealed class RedisStart(RedisStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
