using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>What must not be used is refused before the first report, in one line that says what to do and holds no secret.</summary>
public sealed class StartTests
{
    private const string Secret = "a-secret-that-no-log-shows";

    [Theory]
    [InlineData("appendonly yes, appendfsync always", "durable when acknowledged")]
    [InlineData("appendonly yes, appendfsync everysec", "at most about a second")]
    public async Task Start_OnADurableRedis_SaysWhatItPromises(string settings, string promise)
    {
        await using var redis = await RedisServer.StartAsync(Parse(settings));
        using var store = new RedisSpace(redis);
        await StartAsync(store);
        Assert.Contains(store.Log.Lines, l => l.Text.Contains(promise, StringComparison.Ordinal));
        Assert.Contains(store.Log.Lines, l => l.Text.Contains($"Journal: redis {redis.Address}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("appendonly no, appendfsync always", "appendonly no")]
    [InlineData("appendonly yes, appendfsync no", "appendfsync no")]
    public async Task Start_OnAVolatileRedis_IsRefusedUnlessThatIsAccepted(string settings, string why)
    {
        await using var redis = await RedisServer.StartAsync(Parse(settings));
        using var store = new RedisSpace(redis);
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(store));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AllowVolatile", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        store.Close();

        store.Settings = [("Redis:AllowVolatile", "true")];
        await StartAsync(store);
        Assert.Contains(store.Log.Lines, l => l.Text.Contains("volatile, which was accepted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OnARedisThatEvicts_IsRefused()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { Arguments = ["--maxmemory-policy", "allkeys-lru"] });
        using var store = new RedisSpace(redis);
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(store));
        Assert.Contains("maxmemory-policy allkeys-lru", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAReplica_IsRefused()
    {
        await using var main = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync(new RedisServerOptions { Arguments = ["--replicaof", "127.0.0.1", $"{main.Port}"] });
        using var store = new RedisSpace(replica);
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(store));
        Assert.Contains("is a replica", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereTheConfigurationMayNotBeAsked_IsRefusedUnlessThatIsAccepted()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.CommandAsync(["ACL", "SETUSER", "default", "-config"]);
        using var store = new RedisSpace(redis);
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(store));
        Assert.Contains("AllowUnchecked", refusal.Message, StringComparison.Ordinal);
        store.Close();

        store.Settings = [("Redis:AllowUnchecked", "true")];
        await StartAsync(store);
        await new TestGrid("g").AppendAsync(store.Journal, new TestGrid("g").Open());
    }

    [Fact]
    public async Task Start_WithoutARedis_IsRefused()
    {
        string address;
        await using (var redis = await RedisServer.StartAsync())
            address = redis.Address;
        await using var other = await RedisServer.StartAsync();
        using var store = new RedisSpace(other, ("Redis:Address", address), ("Redis:StartSeconds", "1"));
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(store));
        Assert.Equal($"the Redis at {address} does not answer", refusal.Message);
    }

    [Trait("Fault", "S14")]
    [Fact]
    public async Task Start_WithThePassword_WorksAndNoLogShowsIt()
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { Password = Secret });
        using var store = new RedisSpace(redis);
        var file = Path.Combine(store.Path, "password");
        await File.WriteAllTextAsync(file, Secret + "\n");
        store.Settings = [("Redis:PasswordFile", file)];
        await StartAsync(store);
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open());
        await redis.RestartAsync();
        await grid.AppendSurelyAsync(store.Journal, grid.Open("key"));
        store.Close();

        store.Settings = [("Redis:Password", Secret)];
        await StartAsync(store);
        Assert.DoesNotContain(store.Log.Lines, l => l.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-secret")]
    public async Task Start_WithoutTheRightPassword_IsRefusedAndShowsNone(string? given)
    {
        await using var redis = await RedisServer.StartAsync(new RedisServerOptions { Password = Secret });
        using var store = new RedisSpace(redis, given is null ? [("Redis:StartSeconds", "2")] : [("Redis:StartSeconds", "2"), ("Redis:Password", given)]);
        var refusal = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(store));
        Assert.DoesNotContain("another-secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(store.Log.Lines, l => l.Text.Contains("another-secret", StringComparison.Ordinal));
    }

    [Trait("Fault", "S12")]
    [Trait("Fault", "S14")]
    [Theory]
    [InlineData("Tls must be true", "Address=redis.example.org:6379")]
    [InlineData("Tls must be true", "Address=10.0.0.7")]
    [InlineData("User must name", "Address=redis.example.org:6379", "Tls=true")]
    [InlineData("User must name", "Address=redis.example.org:6379", "Tls=true", "Password=x")]
    [InlineData("User is set without", "User=situational")]
    [InlineData("exclude each other", "Password=x", "PasswordFile=/nowhere")]
    [InlineData("PasswordFile cannot be read", "PasswordFile=/nowhere/at/all")]
    [InlineData("CaFile cannot be read", "Tls=true", "CaFile=/nowhere/at/all")]
    [InlineData("not a host and a port", "Address=user:secret@127.0.0.1:6379")]
    [InlineData("not a host and a port", "Address=127.0.0.1:0")]
    [InlineData("not a host and a port", "Address=redis://127.0.0.1")]
    [InlineData("not a host and a port", "Address=:6379")]
    public void Settings_ThatShowDataToOthersOrContradictThemselves_AreRefused(string why, params string[] settings)
    {
        using var store = new RedisSpace(null, [.. settings.Select(s => ($"Redis:{s.Split('=')[0]}", s.Split('=')[1]))]);
        var refusal = Assert.Throws<StorageUnusableException>(() => store.Journal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("Situational:Storage:Redis: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AnswerSeconds", "0")]
    [InlineData("StartSeconds", "0")]
    [InlineData("Database", "-1")]
    [InlineData("Prefix", "a{b")]
    [InlineData("Address", "")]
    public void Options_OutOfRange_AreRefusedByName(string name, string value)
    {
        using var store = new RedisSpace(null, ($"Redis:{name}", value));
        var refusal = Assert.Throws<OptionsValidationException>(() => store.Journal);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kind_ThatIsUnknown_IsRefusedByName()
    {
        using var store = new StoreFolder(("Kind", "paper"));
        Assert.Contains("Kind", Assert.Throws<OptionsValidationException>(() => store.Journal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_InUse_IsRefusedAlsoWithRedis()
    {
        await using var redis = await RedisServer.StartAsync();
        using var store = new RedisSpace(redis);
        await StartAsync(store);
        await using var second = store.Build();
        Assert.Contains("in use by process", Assert.Throws<StorageUnusableException>(second.GetRequiredService<IJournal>).Message, StringComparison.Ordinal);
    }

    private static async Task StartAsync(StoreUnderTest store)
    {
        foreach (var service in store.Hosted)
            await service.StartAsync(TestContext.Current.CancellationToken);
    }

    private static RedisServerOptions Parse(string settings)
    {
        var words = settings.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return new RedisServerOptions { AppendOnly = words[1] == "yes", AppendFsync = words[3] };
    }
}
