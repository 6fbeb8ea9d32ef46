using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Situational.Contracts.Http;

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
        Append(hash, "situational.report/1");
        Append(hash, report.Category);
        Append(hash, report.Severity);
        Append(hash, report.Description);
        Append(hash, report.Location.Lat);
        Append(hash, report.Location.Lon);
        Append(hash, report.Location.Datum ?? "wgs84");
        Append(hash, report.Source);
        Append(hash, report.Reporter?.Name);
        Append(hash, report.Reporter?.Phone);
        foreach (var photo in report.Photos ?? [])
            Append(hash, photo);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        // the length in front keeps two fields from running into one
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, double number)
    {
        Span<byte> bits = stackalloc byte[sizeof(long)];
        // adding zero makes -0 the same as 0
        BinaryPrimitives.WriteInt64LittleEndian(bits, BitConverter.DoubleToInt64Bits(number + 0.0));
        hash.AppendData(bits);
    }
}
