using System.Collections.Immutable;

namespace Situational.Grains.Messages;

/// <summary>A territory that was read and found sound.</summary>
/// <param name="GeoJson">Normalized GeoJSON, UTF-8.</param>
/// <param name="Fingerprint">SHA-256 of it in hexadecimal.</param>
/// <param name="Replaces">Version in force that it is to replace; 0 for the first territory.</param>
/// <param name="By">Who brings it, for the audit trail; null for nobody.</param>
/// <param name="Detail">What the audit trail is to say of it; no personal data.</param>
[GenerateSerializer, Immutable, Alias("situational.territory-proposal")]
public sealed record TerritoryProposal(
    [property: Id(0)] ImmutableArray<byte> GeoJson, [property: Id(1)] string Fingerprint, [property: Id(2)] int Replaces = 0,
    [property: Id(3)] ActorStatement? By = null, [property: Id(4)] string? Detail = null);

/// <summary>How a proposal ended.</summary>
public enum TerritoryVerdict
{
    /// <summary>It is in force now, durable.</summary>
    InForce = 0,

    /// <summary>The same one was in force already.</summary>
    Same = 1,

    /// <summary>Another version is in force than the one that it is to replace.</summary>
    Another = 2,

    /// <summary>The store is away.</summary>
    StoreAway = 3,

    /// <summary>It is the territory of another city: its root has another code.</summary>
    OtherCity = 4,
}

/// <summary>Answer to a proposal.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Version">The version in force now.</param>
[GenerateSerializer, Immutable, Alias("situational.territory-receipt")]
public sealed record TerritoryReceipt([property: Id(0)] TerritoryVerdict Verdict, [property: Id(1)] int Version);

/// <summary>The territory in force and how far the city has come with it.</summary>
/// <param name="Version">Version in force, 0 before the first.</param>
/// <param name="Unsettled">Grids that may still hold cases which the version in force gives to another grid; 0 when all is settled, -1 while
/// they are not counted yet.</param>
[GenerateSerializer, Immutable, Alias("situational.territory-standing")]
public sealed record TerritoryStanding([property: Id(0)] int Version, [property: Id(1)] int Unsettled);

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
