using System.Buffers.Text;
using System.Text.Json;

namespace Situational.Cli.Load;

/// <summary>What the server made of a request with fixes, read by its names alone; answers are alike most of the time, and then nothing is read.</summary>
internal sealed class PositionsAnswerReader
{
    private readonly byte[] _last = new byte[256];
    private int _lastLength;

    /// <summary>Fixes taken, of the answer read last.</summary>
    public int Accepted { get; private set; }

    /// <summary>Fixes refused, of the answer read last.</summary>
    public int Refused { get; private set; }

    /// <summary>What the accepted fixes were, of the answer read last.</summary>
    public FixSums Sums { get; private set; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="IOException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        if (_lastLength > 0 && body.SequenceEqual(_last.AsSpan(0, _lastLength)))
            return;
        Accepted = Number(body, "\"accepted\":"u8);
        Refused = Number(body, "\"refused\":"u8);
        Sums = new FixSums(
            Number(body, "\"moved\":"u8), Number(body, "\"older\":"u8), Number(body, "\"repeated\":"u8), Number(body, "\"future\":"u8),
            Number(body, "\"jumps\":"u8), Number(body, "\"outside\":"u8));
        _lastLength = 0;
        if (body.Length > _last.Length)
            return;
        body.CopyTo(_last);
        _lastLength = body.Length;
    }

    /// <summary>Adds up why fixes were refused; the server names the first hundred of a request.</summary>
    public static void Refuse(ReadOnlySpan<byte> body, int refused, LoadTally tally)
    {
        var reader = new Utf8JsonReader(body);
        var named = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("reason"u8))
                continue;
            reader.Read();
            tally.Refuse(reader.GetString() ?? "", 1);
            named++;
        }
        if (refused > named)
            tally.Refuse("not named", refused - named);
    }

    private static int Number(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var at = body.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(body[(at + name.Length)..], out int number, out _)
            ? number
            : throw new IOException("the server's answer to positions cannot be read");
    }
}
