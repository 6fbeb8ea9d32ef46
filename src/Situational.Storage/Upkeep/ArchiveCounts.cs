using System.Globalization;

namespace Situational.Storage.Upkeep;

/// <summary>How much a store holds.</summary>
internal sealed record ArchiveCounts(
    long Territories, long Units, long Fixes, long Photos, long Grids, long Events, long Snapshots, long Cases, long Keys, long Audit,
    long Duty, long Trails, long Sheets, long Acknowledgements, long Past)
{
    /// <summary>Items of all kinds; a grid is none by itself.</summary>
    public long Items => Territories + Units + Fixes + Photos + Events + Snapshots + Cases + Keys + Audit + Duty + Trails + Sheets + Acknowledgements
        + Past;

    /// <summary>In words, for people.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"""
        grids {Grids:N0}, events {Events:N0}, snapshots {Snapshots:N0}, cases {Cases:N0}, idempotency keys {Keys:N0}, territories {Territories:N0}, units {Units:N0}, fixes {Fixes:N0}, photos {Photos:N0}, audit entries {Audit:N0}, duty states {Duty:N0}, trail pieces {Trails:N0}, coverage sheets {Sheets:N0}, acknowledgements {Acknowledgements:N0}, past rows {Past:N0}
        """);
}
