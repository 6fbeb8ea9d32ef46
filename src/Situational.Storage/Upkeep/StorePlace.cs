using Microsoft.Extensions.Configuration;
using Situational.Storage.Redis;
using Situational.Storage.Sqlite;

namespace Situational.Storage.Upkeep;

/// <summary>Where a store is.</summary>
/// <param name="Kind"><c>sqlite</c> or <c>redis</c>.</param>
/// <param name="Folder">The data folder.</param>
/// <param name="Configuration">The settings, for Redis.</param>
internal sealed record StorePlace(string Kind, string Folder, IConfiguration Configuration)
{
    /// <summary>Opens it to be read.</summary>
    /// <exception cref="StorageUnusableException">It is not there, in use, incomplete, or cannot be opened.</exception>
    public Task<IJournalArchive> OpenToReadAsync(CancellationToken cancellationToken) => Kind switch
    {
        "sqlite" => Task.FromResult<IJournalArchive>(SqliteArchive.OpenToRead(Folder)),
        "redis" => RedisArchive.OpenToReadAsync(Configuration, TimeProvider.System, cancellationToken),
        _ => throw Unknown(),
    };

    /// <summary>Opens it to be filled.</summary>
    /// <exception cref="StorageUnusableException">It is in use or cannot be opened.</exception>
    public Task<IJournalArchive> OpenToFillAsync(CancellationToken cancellationToken) => Kind switch
    {
        "sqlite" => Task.FromResult<IJournalArchive>(SqliteArchive.OpenToFill(Folder)),
        "redis" => RedisArchive.OpenToFillAsync(Configuration, TimeProvider.System, cancellationToken),
        _ => throw Unknown(),
    };

    private StorageUnusableException Unknown() => new($"a store on {Kind} cannot be verified or moved");
}
