using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>A territory that was read and found sound.</summary>
/// <param name="GeoJson">Normalized GeoJSON, UTF-8.</param>
/// <param name="Fingerprint">SHA-256 of it in hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("situational.territory-proposal")]
public sealed record TerritoryProposal([property: Id(0)] ImmutableArray<byte> GeoJson, [property: Id(1)] string Fingerprint);

/// <summary>How a proposal ended.</summary>
public enum TerritoryVerdict
{
    /// <summary>It is in force now, durable.</summary>
    InForce = 0,

    /// <summary>The same one was in force already.</summary>
    Same = 1,

    /// <summary>Another one is in force; changing it while running is not possible.</summary>
    Another = 2,

    /// <summary>The store is away.</summary>
    StoreAway = 3,
}

/// <summary>Answer to a proposal.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Version">The version in force now.</param>
[GenerateSerializer, Immutable, Alias("situational.territory-receipt")]
public sealed record TerritoryReceipt([property: Id(0)] TerritoryVerdict Verdict, [property: Id(1)] int Version);

/// <summary>Nodes whose lease holds.</summary>
[GenerateSerializer, Immutable, Alias("situational.node-list")]
public sealed record NodeList([property: Id(0)] ImmutableArray<NodeLease> Nodes);

/// <summary>One web node.</summary>
/// <param name="Node">Its id, new at every start.</param>
/// <param name="Observer">Its live view.</param>
[GenerateSerializer, Immutable, Alias("situational.node-lease")]
public sealed record NodeLease([property: Id(0)] string Node, [property: Id(1)] ILiveViewObserver Observer);

/// <summary>What one silo's grids changed since its last message.</summary>
/// <param name="Silo">The silo's id, new at every start.</param>
/// <param name="Sequence">1, 2, 3, …: a gap means loss.</param>
/// <param name="SentAtMs">Milliseconds since 1970 on the silo's clock.</param>
/// <param name="StoreAway">True while the silo cannot write to the journal.</param>
/// <param name="Changes">Empty in a message that only says that the silo lives.</param>
[GenerateSerializer, Immutable, Alias("situational.feed-message")]
public sealed record FeedMessage(
    [property: Id(0)] string Silo, [property: Id(1)] long Sequence, [property: Id(2)] long SentAtMs, [property: Id(3)] bool StoreAway,
    [property: Id(4)] ImmutableArray<GridChange> Changes);
