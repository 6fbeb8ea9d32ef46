using System.Globalization;
using System.Text;

namespace Situational.Contracts.Feed;

/// <summary>
/// The digest of an area: the sum modulo 2^32 of <see cref="Mix(string, long)"/> over its grids, as 8 upper-case hexadecimal digits.
/// It depends on the grids' codes and revisions alone, so every node and every screen computes the same.
/// </summary>
public static class FeedDigest
{
    /// <summary>One grid's share. FNV-1a (32 bit) over the UTF-8 code, the revision's halves multiplied in, then the 32-bit finalizer of MurmurHash3.</summary>
    /// <param name="code">The grid's code.</param>
    /// <param name="revision">The grid's revision, 0 to 2^53 - 1.</param>
    public static uint Mix(string code, long revision)
    {
        Span<byte> utf8 = stackalloc byte[256];
        var length = Encoding.UTF8.GetByteCount(code) <= utf8.Length ? Encoding.UTF8.GetBytes(code, utf8) : 0;
        return Mix(utf8[..length], revision);
    }

    /// <summary>The same for a code that is UTF-8 already, at most 256 bytes of it.</summary>
    /// <param name="code">The grid's code.</param>
    /// <param name="revision">The grid's revision, 0 to 2^53 - 1.</param>
    public static uint Mix(ReadOnlySpan<byte> code, long revision)
    {
        unchecked
        {
            var hash = 0x811C9DC5u;
            foreach (var b in code)
                hash = (hash ^ b) * 0x01000193u;
            hash += (uint)revision * 0x9E3779B1u + (uint)(revision >> 32) * 0x85EBCA6Bu;
            hash ^= hash >> 16;
            hash *= 0x85EBCA6Bu;
            hash ^= hash >> 13;
            hash *= 0xC2B2AE35u;
            return hash ^ (hash >> 16);
        }
    }

    /// <summary>The digest as it stands in a frame.</summary>
    public static string Format(uint sum) => sum.ToString("X8", CultureInfo.InvariantCulture);
}
