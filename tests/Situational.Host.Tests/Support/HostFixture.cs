using Situational.Testing;

namespace Situational.Host.Tests.Support;

/// <summary>One real host with the small city in force, shared by the tests of a collection, which use units and keys of their own.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private HostProcess? _host;
    private HttpClient? _client;

    /// <summary>The host.</summary>
    public HostProcess Host => _host!;

    /// <summary>A client with the ingest key.</summary>
    public HttpClient Client => _client!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync();
        _client = _host.CreateClient();
        await Requests.PutCityAsync(_client);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}

/// <summary>The collection of tests that share a host.</summary>
[CollectionDefinition(Name)]
public sealed class SharedHost : ICollectionFixture<HostFixture>
{
    /// <summary>Its name.</summary>
    public const string Name = "shared host";
}
