namespace Situational.Storage.Upkeep;

/// <summary>How much a store holds.</summary>
internal sealed record ArchiveCounts(
    long Territories, long Units, long Fixes, long Photos, long Grids, long Events, long Snapshots, long Cases, long Keys, long Audit)
{
    /// <summary>Items of all kinds; a grid is none by itself.</summary>
    public long Items => Territories + Units + Fixes + Photos + Events + Snapshots + Cases + Keys + Audit;
}
