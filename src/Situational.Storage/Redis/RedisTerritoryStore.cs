using System.Globalization;
using System.Security.Cryptography;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Territories on Redis.</summary>
internal sealed class RedisTerritoryStore(RedisStore store) : ITerritoryStore
{
    public async Task<StoredTerritory?> LoadNewestAsync(CancellationToken cancellationToken)
    {
        var versions = await ListAsync(cancellationToken).ConfigureAwait(false);
        return versions.Count == 0 ? null : await LoadAsync(versions[^1].Version, cancellationToken).ConfigureAwait(false);
    }

    public async Task<StoredTerritory?> LoadAsync(int version, CancellationToken cancellationToken)
    {
        RedisValue field = version.ToString(CultureInfo.InvariantCulture);
        var head = (await store.RunAsync(RedisScript.Rows, [store.Keys.TerritoryHeads], [field], cancellationToken).ConfigureAwait(false)).Items()[0].Text();
        if (head.Length == 0)
            return null;
        var known = Parse(version, head);
        var text = (await store.RunAsync(RedisScript.Rows, [store.Keys.TerritoryTexts], [field], cancellationToken).ConfigureAwait(false)).Items()[0].Bytes();
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(text)), known.Fingerprint, StringComparison.OrdinalIgnoreCase))
            throw Damaged(version, "has another fingerprint");
        return new StoredTerritory(version, text, known.Fingerprint, known.InForceAt);
    }

    public async Task<IReadOnlyList<TerritoryVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var whole = (await store.RunAsync(RedisScript.Whole, [store.Keys.TerritoryHeads], [], cancellationToken).ConfigureAwait(false)).Items();
        var versions = new List<TerritoryVersion>(whole.Length / 2);
        for (var i = 0; i + 1 < whole.Length; i += 2)
            versions.Add(Parse((int)whole[i].Number(), whole[i + 1].Text()));
        versions.Sort(static (one, other) => one.Version.CompareTo(other.Version));
        return versions;
    }

    public async Task<bool> TryAddAsync(StoredTerritory territory, AuditEntry? audit, CancellationToken cancellationToken)
    {
        // The name of this call tells a second try of it from another's version of the same number.
        var since = territory.InForceAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";
        var call = Guid.NewGuid().ToString("N");
        var keys = store.Keys;
        var answer = await store.RunAsync(
            RedisScript.AddTerritory, [keys.TerritoryHeads, keys.TerritoryTexts, keys.Numbers, keys.AuditEntries],
            [
                territory.Version.ToString(CultureInfo.InvariantCulture), $"{territory.Fingerprint}\n{since}\n{call}", territory.GeoJson.ToArray(),
                keys.IndexPrefix, call, audit is null ? "" : AuditLines.Of(StoredAudit.Of(audit)),
            ], cancellationToken).ConfigureAwait(false);
        return answer.Number() == 1;
    }

    private TerritoryVersion Parse(int version, string head)
    {
        if (head.Split('\n') is not [var fingerprint, var since, _])
            throw Damaged(version, "cannot be read");
        return new TerritoryVersion(
            version, fingerprint,
            since.Length == 0 ? null : new DateTimeOffset(long.Parse(since, CultureInfo.InvariantCulture), TimeSpan.Zero));
    }

    private JournalDamagedException Damaged(int version, string how) => new(store.Place, null, null, $"version {version} of the territory {how}");
}
