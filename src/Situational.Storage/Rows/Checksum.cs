using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Situational.Storage.Rows;

/// <summary>CRC-32C (RFC 9260, appendix A) of a row's data and of its place, so that a row that was moved is as wrong as one that was changed.</summary>
internal static class Checksum
{
    public static long Of(string place, long version, ReadOnlySpan<byte> data)
    {
        var crc = Add(uint.MaxValue, MemoryMarshal.AsBytes(place.AsSpan()));
        crc = BitOperations.Crc32C(crc, (ulong)version);
        return ~Add(crc, data);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
