using Situational.Testing;

[assembly: AssemblyFixture(typeof(Situational.Storage.Tests.Support.SharedRedis))]

namespace Situational.Storage.Tests.Support;

/// <summary>One Redis for all tests that leave it alone; each test has keys of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;

    public RedisServer Server => _server ?? throw new InvalidOperationException("Redis was not started.");

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
