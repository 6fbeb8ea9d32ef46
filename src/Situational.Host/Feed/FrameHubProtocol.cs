using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Situational.Host.Feed;

/// <summary>
/// The JSON hub protocol, but for frames: their bytes are copied into the connection's output as they are, once and in one piece, without
/// a JSON writer. Everything else is the JSON protocol's.
/// </summary>
internal sealed class FrameHubProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private const byte RecordSeparator = 0x1e;

    private readonly JsonHubProtocol _json = new(options);

    private static ReadOnlySpan<byte> Head => "{\"type\":2,\"invocationId\":\""u8;

    private static ReadOnlySpan<byte> ItemName => "\",\"item\":"u8;

    /// <inheritdoc />
    public string Name => _json.Name;

    /// <inheritdoc />
    public int Version => _json.Version;

    /// <inheritdoc />
    public TransferFormat TransferFormat => _json.TransferFormat;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    /// <inheritdoc />
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HubMessage? message) =>
        _json.TryParseMessage(ref input, binder, out message);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => HubProtocolExtensions.GetMessageBytes(this, message);

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is StreamItemMessage { Item: EncodedFrame frame, InvocationId: { } id, Headers: null or { Count: 0 } } && IsPlain(id))
            Write(id, frame, output);
        else
            _json.WriteMessage(message, output);
    }

    private static void Write(string id, EncodedFrame frame, IBufferWriter<byte> output)
    {
        var length = Head.Length + id.Length + ItemName.Length + frame.Length + 2;
        // One piece: what the output holds in pieces is sent in as many web socket frames.
        var into = output.GetSpan(length);
        Head.CopyTo(into);
        var at = Head.Length;
        at += Encoding.ASCII.GetBytes(id, into[at..]);
        ItemName.CopyTo(into[at..]);
        at += ItemName.Length;
        frame.CopyTo(into.Slice(at, frame.Length));
        at += frame.Length;
        into[at++] = (byte)'}';
        into[at++] = RecordSeparator;
        output.Advance(at);
    }

    /// <summary>Whether an id that a screen chose stands in JSON as it is.</summary>
    private static bool IsPlain(string id)
    {
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        return true;
    }
}
