namespace Situational.Cli.Load;

/// <summary>Decimal digits as bytes, many at once: the load must cost less than what it measures.</summary>
internal static class Digits
{
    /// <summary>Eight digits with leading zeros, the first in the lowest byte: written little-endian they read from left to right.</summary>
    /// <param name="value">0 to 99,999,999.</param>
    public static ulong Eight(uint value)
    {
        // Two lanes of four digits, then four of two, then eight of one; the multiplications are divisions by 100 and 10 that are exact there.
        var lanes = (value / 10_000) | ((ulong)(value % 10_000) << 32);
        var hundreds = ((lanes * 5_243) >> 19) & 0x0000_007F_0000_007F;
        lanes = hundreds | ((lanes - hundreds * 100) << 16);
        var tens = ((lanes * 103) >> 10) & 0x000F_000F_000F_000F;
        lanes = tens | ((lanes - tens * 10) << 8);
        return lanes | 0x3030_3030_3030_3030;
    }
}
