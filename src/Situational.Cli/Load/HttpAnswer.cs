using System.Buffers.Text;
using System.Text;

namespace Situational.Cli.Load;

/// <summary>One HTTP/1.1 answer in a buffer: status and body, by length or in chunks.</summary>
internal readonly record struct HttpAnswer(int Status, bool Closes, int BodyAt, int BodyLength, int End)
{
    /// <summary>Reads an answer that begins with the bytes. The body of chunks is moved together in place.</summary>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="IOException">It is no HTTP answer.</exception>
    public static bool TryRead(Span<byte> bytes, out HttpAnswer answer)
    {
        answer = default;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        if (head < 12 || !bytes.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(bytes[9..12], out int status, out _))
            throw new IOException("the server does not answer in HTTP/1.1");
        var length = 0L;
        var chunked = false;
        var closes = false;
        var rest = bytes[..head];
        for (var next = rest.IndexOf((byte)'\n'); next >= 0; next = rest.IndexOf((byte)'\n'))
        {
            rest = rest[(next + 1)..];
            // content-length, connection, transfer-encoding
            if ((rest[0] | 0x20) is not ('c' or 't'))
                continue;
            if (Value(rest, "content-length:"u8) is { IsEmpty: false } number)
            {
                if (!Utf8Parser.TryParse(number, out length, out _))
                    throw new IOException("the server's Content-Length is no number");
            }
            else if (Value(rest, "transfer-encoding:"u8) is { IsEmpty: false } coding)
                chunked = coding.StartsWith("chunked"u8);
            else if (Value(rest, "connection:"u8) is { IsEmpty: false } connection)
                closes = Ascii.EqualsIgnoreCase(connection[..Math.Min(5, connection.Length)], "close"u8);
        }
        var at = head + 4;
        if (chunked)
            return TryReadChunks(bytes, status, closes, at, out answer);
        if (bytes.Length - at < length)
            return false;
        answer = new HttpAnswer(status, closes, at, (int)length, at + (int)length);
        return true;
    }

    private static bool TryReadChunks(Span<byte> bytes, int status, bool closes, int body, out HttpAnswer answer)
    {
        answer = default;
        if (!TryEnd(bytes, body, out var end))
            return false;
        var (from, to) = (body, body);
        while (Size(bytes[from..], out var digits) is > 0 and var size)
        {
            from += digits;
            if (from != to)
                bytes.Slice(from, size).CopyTo(bytes[to..]);
            (from, to) = (from + size + 2, to + size);
        }
        answer = new HttpAnswer(status, closes, body, to - body, end);
        return true;
    }

    /// <summary>Where the last chunk ends, if it is there.</summary>
    private static bool TryEnd(ReadOnlySpan<byte> bytes, int at, out int end)
    {
        end = 0;
        while (true)
        {
            var size = Size(bytes[at..], out var digits);
            at += digits;
            if (size < 0 || at + size + 2 > bytes.Length)
                return false;
            at += size + 2;
            if (size > 0)
                continue;
            end = at;
            return true;
        }
    }

    /// <summary>A chunk's size; -1 when its line is not whole.</summary>
    private static int Size(ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = bytes.IndexOf("\r\n"u8) + 2;
        if (taken < 2)
            return -1;
        if (!Utf8Parser.TryParse(bytes[..(taken - 2)], out int size, out _, 'x') || size < 0)
            throw new IOException("the server's chunks cannot be read");
        return size;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        if (line.Length <= name.Length || !Ascii.EqualsIgnoreCase(line[..name.Length], name))
            return [];
        var end = line.IndexOf((byte)'\r');
        return (end < 0 ? line : line[..end])[name.Length..].TrimStart((byte)' ');
    }
}
