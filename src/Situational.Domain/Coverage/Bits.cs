using System.Numerics;

namespace Situational.Domain.Coverage;

/// <summary>Rows of bits in 64-bit words, lowest bit first.</summary>
internal static class Bits
{
    public static bool Has(ReadOnlySpan<ulong> words, int bit) => (words[bit >> 6] >> (bit & 63) & 1) != 0;

    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>Sets bits from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static void Set(Span<ulong> words, int first, int last)
    {
        for (var word = first >> 6; word <= last >> 6; word++)
            words[word] |= Part(word, first, last);
    }

    /// <summary>Sets those bits from <paramref name="first"/> to <paramref name="last"/> that the mask has, and returns how many were not set before.</summary>
    public static int Set(Span<ulong> words, ReadOnlySpan<ulong> mask, int first, int last)
    {
        var fresh = 0;
        for (var word = first >> 6; word <= last >> 6; word++)
        {
            var added = mask[word] & ~words[word] & Part(word, first, last);
            words[word] |= added;
            fresh += BitOperations.PopCount(added);
        }
        return fresh;
    }

    private static ulong Part(int word, int first, int last)
    {
        var part = ulong.MaxValue;
        if (word == first >> 6)
            part &= ulong.MaxValue << (first & 63);
        if (word == last >> 6)
            part &= ulong.MaxValue >> (63 - (last & 63));
        return part;
    }
}
