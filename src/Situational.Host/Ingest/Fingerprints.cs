using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Situational.Host.Ingest;

/// <summary>How fields go into the hash of what a request means.</summary>
internal static class Fingerprints
{
    /// <summary>A text, with its length in front: that keeps two fields from running into one.</summary>
    public static void Append(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    /// <summary>A number.</summary>
    public static void Append(IncrementalHash hash, double number)
    {
        Span<byte> bits = stackalloc byte[sizeof(long)];
        // adding zero makes -0 the same as 0
        BinaryPrimitives.WriteInt64LittleEndian(bits, BitConverter.DoubleToInt64Bits(number + 0.0));
        hash.AppendData(bits);
    }

    /// <summary>A time, to the millisecond.</summary>
    public static void Append(IncrementalHash hash, DateTimeOffset? time) =>
        Append(hash, time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number.</summary>
    public static void Append(IncrementalHash hash, int? number) => Append(hash, number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>How many texts follow: that keeps two lists from running into one.</summary>
    public static void AppendCount(IncrementalHash hash, IReadOnlyList<string>? texts) => Append(hash, (int?)(texts?.Count ?? 0));
}
