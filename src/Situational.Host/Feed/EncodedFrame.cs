using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Situational.Host.Feed;

/// <summary>A frame as UTF-8 JSON, encoded once and shared by all screens of its channel. Immutable.</summary>
[JsonConverter(typeof(EncodedFrameConverter))]
internal sealed class EncodedFrame
{
    private readonly ReadOnlyMemory<byte> _whole;
    private readonly DeltaText? _delta;

    /// <summary>A frame whose text is its own.</summary>
    public EncodedFrame(long revision, long previous, ReadOnlyMemory<byte> json)
    {
        Revision = revision;
        Previous = previous;
        Length = json.Length;
        _whole = json;
    }

    /// <summary>A delta that is put together of what it shares with other channels.</summary>
    public EncodedFrame(long revision, long previous, DeltaText delta)
    {
        Revision = revision;
        Previous = previous;
        _delta = delta;
        Length = delta.LengthOf(revision, previous);
    }

    /// <summary>The channel's revision that it leads to.</summary>
    public long Revision { get; }

    /// <summary>The revision that it builds on; its own for a snapshot or a beat.</summary>
    public long Previous { get; }

    /// <summary>Bytes of its text.</summary>
    public int Length { get; }

    /// <summary>The frame's text in one piece; that of a delta is put together at each call.</summary>
    public ReadOnlyMemory<byte> Json
    {
        get
        {
            if (_delta is null)
                return _whole;
            var text = new byte[Length];
            CopyTo(text);
            return text;
        }
    }

    /// <summary>Copies the frame's text, <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> into)
    {
        if (_delta is null)
            _whole.Span.CopyTo(into);
        else
            _delta.CopyTo(Revision, Previous, into);
    }
}

/// <summary>Writes a frame's bytes as they are, for whoever does not ask for them with <see cref="EncodedFrame.CopyTo"/>.</summary>
internal sealed class EncodedFrameConverter : JsonConverter<EncodedFrame>
{
    /// <summary>Frames are only written.</summary>
    public override EncodedFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, EncodedFrame value, JsonSerializerOptions options)
    {
        var text = ArrayPool<byte>.Shared.Rent(value.Length);
        value.CopyTo(text);
        writer.WriteRawValue(text.AsSpan(0, value.Length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(text);
    }
}
