using System.Security.Cryptography;
using Situational.Contracts.Http;
using static Situational.Host.Ingest.Fingerprints;

namespace Situational.Host.Ingest;

/// <summary>
/// What a report says, as one hash: the same for any spelling of the same JSON, another one as soon as a field differs. Stored with the
/// idempotency key, so its form never changes without a new name in front.
/// </summary>
internal static class ReportFingerprint
{
    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string Of(ReportRequest report)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // what could be said from the start keeps its first form, so that a retry is known across an upgrade
        var first = report is { Severity: not null, Device: null, By: null, Spot: null };
        Append(hash, first ? "situational.report/1" : "situational.report/2");
        Append(hash, report.Category);
        Append(hash, report.Severity);
        Append(hash, report.Description);
        Append(hash, report.Location.Lat);
        Append(hash, report.Location.Lon);
        Append(hash, report.Location.Datum ?? "wgs84");
        Append(hash, report.Source);
        Append(hash, report.Reporter?.Name);
        Append(hash, report.Reporter?.Phone);
        if (!first)
            AppendCount(hash, report.Photos);
        foreach (var photo in report.Photos ?? [])
            Append(hash, photo);
        if (!first)
        {
            Append(hash, report.Device);
            Append(hash, report.By?.Id);
            Append(hash, report.By?.Role);
            Append(hash, report.Spot?.Unit);
            Append(hash, report.Spot?.Note);
            Append(hash, report.Spot?.FoundAt);
            Append(hash, report.Spot?.FixedAt);
            AppendCount(hash, report.Spot?.Photos);
            foreach (var photo in report.Spot?.Photos ?? [])
                Append(hash, photo);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
