namespace Situational.Host.Api;

/// <summary>Which kind of picture bytes are. What a name or a header says is not asked.</summary>
internal static class PhotoType
{
    /// <summary>The kinds that are taken.</summary>
    public static readonly string[] Taken = ["image/jpeg", "image/png", "image/webp", "image/heic"];

    /// <summary>Brands of ISO/IEC 23008-12 whose pictures are coded in HEVC.</summary>
    private static readonly byte[][] HeicBrands =
        ["heic"u8.ToArray(), "heix"u8.ToArray(), "heim"u8.ToArray(), "heis"u8.ToArray(), "hevc"u8.ToArray(), "hevx"u8.ToArray()];

    /// <summary>The media type, or null when it is none of <see cref="Taken"/>.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8))
            return "image/webp";
        return IsHeic(content) ? "image/heic" : null;
    }

    /// <summary>The ending of a file of that kind.</summary>
    public static string EndingOf(string mediaType) => mediaType switch
    {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/heic" => "heic",
        _ => "bin",
    };

    /// <summary>Whether the file type box (ISO/IEC 14496-12, 4.3) that it begins with has a brand of HEIC, first or among the compatible ones.</summary>
    private static bool IsHeic(ReadOnlySpan<byte> content)
    {
        if (content.Length < 16 || !content[4..8].SequenceEqual("ftyp"u8))
            return false;
        var size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(content);
        var end = (int)Math.Min(Math.Min(size, (uint)content.Length), 256);
        for (var at = 8; at + 4 <= end; at += 4)
            // the four bytes after the first brand are its version
            if (at != 12)
                foreach (var brand in HeicBrands)
                    if (content[at..(at + 4)].SequenceEqual(brand))
                        return true;
        return false;
    }
}
