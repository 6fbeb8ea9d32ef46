using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Situational.Cli.Load;

/// <summary>
/// What a web socket brings, taken apart into the hub protocol's records, in one buffer from a pool; a buffer that had to grow goes back when
/// it is empty. Not safe for threads.
/// </summary>
internal sealed class HubStream : IDisposable
{
    /// <summary>What ends a record.</summary>
    public const byte Separator = 0x1E;

    private const int Usual = 16 * 1024;
    private const int Least = 4 * 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Usual);

    // [_record, _clean) is payload without the web socket's heads, up to _scanned without a separator; [_raw, _end) is as it came.
    private int _record, _scanned, _clean, _raw, _end;
    private long _payload;

    /// <summary>Whether the server closed the socket in due form.</summary>
    public bool Closed { get; private set; }

    /// <summary>The payload of a ping that wants an answer, or null.</summary>
    public byte[]? Ping { get; private set; }

    /// <summary>A text as one masked frame, with the separator; the mask is zero, so that the text stands as it is.</summary>
    public static byte[] Frame(string record) => Frame(0x81, [.. Encoding.UTF8.GetBytes(record), Separator]);

    /// <summary>The answer to a ping.</summary>
    public static byte[] Pong(byte[] payload) => Frame(0x8A, payload);

    /// <summary>Where to receive into.</summary>
    public Memory<byte> Free()
    {
        if (_record == _clean && _raw == _end)
        {
            _record = _scanned = _clean = _raw = _end = 0;
            if (_buffer.Length > 2 * Usual)
                Change(Usual);
        }
        else if (_buffer.Length - _end < Least)
        {
            var (clean, raw) = (_clean - _record, _end - _raw);
            if (clean + raw > _buffer.Length / 2)
                Change(_buffer.Length * 2);
            else
                Move(_buffer);
        }
        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes were received.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next record, without its separator; it stays until <see cref="Free"/>.</summary>
    /// <returns>False when more bytes are needed.</returns>
    /// <exception cref="IOException">The server breaks the web socket protocol.</exception>
    public bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_scanned, _clean - _scanned).IndexOf(Separator);
            if (at >= 0)
            {
                record = _buffer.AsSpan(_record, _scanned + at - _record);
                _record = _scanned = _scanned + at + 1;
                return true;
            }
            _scanned = _clean;
            if (!TryPull())
            {
                record = default;
                return false;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _buffer, []));

    /// <summary>Takes payload over, or the head of a frame off; false when there is not enough.</summary>
    private bool TryPull()
    {
        if (_payload == 0)
            return TryHead();
        var count = (int)Math.Min(_payload, _end - _raw);
        if (count == 0)
            return false;
        if (_record == _clean)
            _record = _scanned = _clean = _raw;
        else if (_raw != _clean)
            _buffer.AsSpan(_raw, count).CopyTo(_buffer.AsSpan(_clean));
        _clean += count;
        _raw += count;
        _payload -= count;
        return true;
    }

    private bool TryHead()
    {
        var bytes = _buffer.AsSpan(_raw, _end - _raw);
        if (bytes.Length < 2)
            return false;
        var (code, length, head) = (bytes[0] & 0x0F, (long)(bytes[1] & 0x7F), 2);
        if ((bytes[1] & 0x80) != 0)
            throw new IOException("the server masks its frames");
        if (length >= 126)
        {
            head = length == 126 ? 4 : 10;
            if (bytes.Length < head)
                return false;
            length = head == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        }
        if (code < 8)
        {
            _payload = length;
            _raw += head;
            return true;
        }
        if (bytes.Length < head + length)
            return false;
        if (code == 8)
            Closed = true;
        else if (code == 9)
            Ping = bytes.Slice(head, (int)length).ToArray();
        _raw += head + (int)length;
        return true;
    }

    /// <summary>The ping was answered.</summary>
    public void Answered() => Ping = null;

    private void Change(int size)
    {
        var to = ArrayPool<byte>.Shared.Rent(size);
        Move(to);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = to;
    }

    private void Move(byte[] to)
    {
        var (clean, raw) = (_clean - _record, _end - _raw);
        _buffer.AsSpan(_record, clean).CopyTo(to);
        _buffer.AsSpan(_raw, raw).CopyTo(to.AsSpan(clean));
        (_record, _scanned, _clean, _raw, _end) = (0, _scanned - _record, clean, clean, clean + raw);
    }

    private static byte[] Frame(byte first, byte[] payload)
    {
        var frame = payload.Length < 126 ? new byte[6 + payload.Length] : new byte[8 + payload.Length];
        frame[0] = first;
        frame[1] = (byte)(0x80 | Math.Min(payload.Length, 126));
        if (payload.Length >= 126)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        payload.CopyTo(frame, frame.Length - payload.Length);
        return frame;
    }
}
