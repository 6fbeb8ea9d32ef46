using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Situational.Cli.Load;

/// <summary>Sends reports, each under a key of its own, from places all over the ground; only digits are written over.</summary>
internal sealed class ReportsConnection : LoadConnection
{
    private const string Category = "other";
    private readonly LoadTally _tally;
    private readonly Ground _ground;
    private readonly Random _random;
    private readonly byte[] _request;
    private readonly int _key, _number, _latitude, _longitude;
    private uint _sent;

    /// <summary>A caller that is not connected yet.</summary>
    /// <param name="target">Where to send.</param>
    /// <param name="window">When figures count.</param>
    /// <param name="tally">Takes them.</param>
    /// <param name="ground">Where hazards are.</param>
    /// <param name="run">Sets the keys of this run apart from those of others.</param>
    /// <param name="caller">Number of the caller.</param>
    public ReportsConnection(LoadTarget target, LoadWindow window, LoadTally tally, Ground ground, string run, int caller)
        : base(target, window, tally, 1)
    {
        (_tally, _ground, _random) = (tally, ground, new Random(caller));
        var body = string.Create(CultureInfo.InvariantCulture,
            $$$"""{"category":"{{{Category}}}","severity":"blue","description":"load {{{run}}} {{{caller:D4}}} 00000000","location":{"lat":   0.0000000,"lon":   0.0000000},"source":"system"}""");
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v1/reports HTTP/1.1\r\n{target.Head}Idempotency-Key: load-{run}-{caller:D4}-00000000\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        var text = head + body;
        _request = Encoding.ASCII.GetBytes(text);
        _key = text.IndexOf("-00000000\r\n", StringComparison.Ordinal) + 1;
        _number = text.IndexOf(" 00000000\"", StringComparison.Ordinal) + 1;
        _latitude = text.IndexOf("\"lat\":", StringComparison.Ordinal) + 6;
        _longitude = text.IndexOf("\"lon\":", StringComparison.Ordinal) + 6;
    }

    /// <inheritdoc />
    protected override int Size => 1;

    /// <inheritdoc />
    protected override ReadOnlyMemory<byte> Compose()
    {
        var number = Digits.Eight(_sent++ % 100_000_000);
        BinaryPrimitives.WriteUInt64LittleEndian(_request.AsSpan(_key), number);
        BinaryPrimitives.WriteUInt64LittleEndian(_request.AsSpan(_number), number);
        var (latitude, longitude) = _ground.Anywhere(_random);
        Write(_latitude, latitude);
        Write(_longitude, longitude);
        return _request;
    }

    /// <inheritdoc />
    protected override int Judge(int status, ReadOnlySpan<byte> body, bool counts)
    {
        if (status is >= 200 and < 300)
            return 1;
        if (counts)
            _tally.Refuse(string.Create(CultureInfo.InvariantCulture, $"http {status}"), 1);
        return 0;
    }

    private void Write(int at, double degrees)
    {
        Span<char> text = stackalloc char[16];
        degrees.TryFormat(text, out var length, "F7", CultureInfo.InvariantCulture);
        var field = _request.AsSpan(at, 12);
        field.Fill((byte)' ');
        Encoding.ASCII.GetBytes(text[..length], field[(12 - length)..]);
    }
}
