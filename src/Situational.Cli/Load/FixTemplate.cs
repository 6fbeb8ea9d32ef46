using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Situational.Cli.Load;

/// <summary>
/// Requests with fixes, as bytes that stand from the beginning: for each sending only the digits of ids, places, times and headings are
/// written over. Not safe for threads.
/// </summary>
internal sealed class FixTemplate
{
    /// <summary>What every unit's id begins with; eight more characters follow.</summary>
    public const string IdPrefix = "load-";

    private const string Zeros = "0000000";
    private readonly byte[] _bytes;
    private readonly int _first;
    private readonly int _slot;
    private readonly int _request;
    private readonly Places _places;

    /// <summary>Lays out requests one after the other.</summary>
    /// <param name="head">Lines with host and key.</param>
    /// <param name="requests">How many.</param>
    /// <param name="batch">Fixes in each.</param>
    /// <param name="lines">NDJSON instead of an array.</param>
    /// <param name="bare">Only unit, place and time, without accuracy and heading.</param>
    public FixTemplate(string head, int requests, int batch, bool lines, bool bare)
    {
        var slot = $$"""{"unit":"{{IdPrefix}}00000000","lat":   0.{{Zeros}},"lon":   0.{{Zeros}},"at":0000000000000{{(bare ? "" : ",\"accuracy\":8,\"heading\":0   ")}}}""";
        _places = new Places(
            slot.IndexOf("00000000", StringComparison.Ordinal), slot.IndexOf("\"lat\":", StringComparison.Ordinal) + 6,
            slot.IndexOf("\"lon\":", StringComparison.Ordinal) + 6, slot.IndexOf("\"at\":", StringComparison.Ordinal) + 5,
            bare ? -1 : slot.IndexOf("\"heading\":", StringComparison.Ordinal) + 10);
        _slot = slot.Length + 1;
        var body = new StringBuilder();
        for (var i = 0; i < batch; i++)
            body.Append(lines ? "" : i == 0 ? "[" : ",").Append(slot).Append(lines ? "\n" : "");
        if (!lines)
            body.Append(']');
        var top = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v1/positions HTTP/1.1\r\n{head}Content-Type: application/{(lines ? "x-ndjson" : "json")}\r\nContent-Length: {body.Length}\r\n\r\n");
        var request = Encoding.ASCII.GetBytes(top + body);
        (_first, _request) = (top.Length + (lines ? 0 : 1), request.Length);
        _bytes = new byte[requests * request.Length];
        for (var i = 0; i < requests; i++)
            request.CopyTo(_bytes, i * request.Length);
    }

    /// <summary>All requests.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Bytes of one request.</summary>
    public int RequestBytes => _request;

    /// <summary>Writes a fix into its place.</summary>
    /// <param name="request">Number of the request.</param>
    /// <param name="place">Number of the fix in it.</param>
    /// <param name="unit">The unit as it stands.</param>
    /// <param name="time">Its time in digits.</param>
    public void Write(int request, int place, in LoadUnit unit, in TimeDigits time)
    {
        const ulong Comma = (ulong)',' << 56;
        var slot = _bytes.AsSpan(request * _request + _first + place * _slot, _slot - 1);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[_places.Id..], unit.Id);
        // four bytes before the point, the point, seven digits; the eighth byte written is the comma after them
        BinaryPrimitives.WriteUInt32LittleEndian(slot[_places.Latitude..], unit.LatitudeDegrees);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[(_places.Latitude + 5)..], (Digits.Eight((uint)(unit.Latitude >> LoadUnit.Fraction)) >> 8) | Comma);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[_places.Longitude..], unit.LongitudeDegrees);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[(_places.Longitude + 5)..], (Digits.Eight((uint)(unit.Longitude >> LoadUnit.Fraction)) >> 8) | Comma);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[_places.At..], time.First);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[(_places.At + 5)..], time.Last);
        if (_places.Heading >= 0)
            BinaryPrimitives.WriteUInt32LittleEndian(slot[_places.Heading..], unit.Heading);
    }

    /// <summary>Where the digits stand in a fix.</summary>
    private readonly record struct Places(int Id, int Latitude, int Longitude, int At, int Heading);
}

/// <summary>The 13 digits of a time in milliseconds since 1970, as two overlapping halves of eight.</summary>
internal readonly record struct TimeDigits(ulong First, ulong Last)
{
    /// <summary>The digits of a time between 2001 and 2286.</summary>
    public static TimeDigits Of(long milliseconds)
    {
        var first = (uint)(milliseconds / 100_000);
        return new TimeDigits(Digits.Eight(first), Digits.Eight((uint)(milliseconds % 100_000_000)));
    }
}
