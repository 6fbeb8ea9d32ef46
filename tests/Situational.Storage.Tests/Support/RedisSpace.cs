using Microsoft.Extensions.DependencyInjection;
using Situational.Testing;

namespace Situational.Storage.Tests.Support;

/// <summary>A store on Redis under keys of its own.</summary>
/// <param name="server">The Redis; null when none will be asked.</param>
/// <param name="settings">Settings below <c>Situational:Storage</c>.</param>
public sealed class RedisSpace(RedisServer? server, params (string Name, string Value)[] settings) : StoreUnderTest(settings)
{
    /// <summary>What the keys begin with.</summary>
    public string Prefix { get; } = $"test-{Guid.NewGuid():N}";

    public RedisServer Server => server ?? throw new InvalidOperationException("There is no Redis.");

    /// <summary>A part of the store, to do a step by itself.</summary>
    internal T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    protected override (string Name, string Value)[] Patient =>
        [("Kind", "redis"), ("Redis:Address", server?.Address ?? "127.0.0.1:1"), ("Redis:Prefix", Prefix), ("Redis:AnswerSeconds", "60")];

    /// <summary>The store of a child process or of a second one beside this.</summary>
    public static ServiceProvider Build(string data, string address, string prefix, TimeProvider time, params (string Name, string Value)[] settings) =>
        Build(data, time, null, [("Kind", "redis"), ("Redis:Address", address), ("Redis:Prefix", prefix), .. settings]);
}
