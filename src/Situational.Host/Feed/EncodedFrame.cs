using System.Text.Json;
using System.Text.Json.Serialization;

namespace Situational.Host.Feed;

/// <summary>A frame as UTF-8 JSON, encoded once and shared by all screens of its channel. Immutable.</summary>
/// <param name="Revision">The channel's revision that it leads to.</param>
/// <param name="Previous">The revision that it builds on; its own for a snapshot or a beat.</param>
/// <param name="Json">The frame's text.</param>
[JsonConverter(typeof(EncodedFrameConverter))]
internal sealed record EncodedFrame(long Revision, long Previous, ReadOnlyMemory<byte> Json);

/// <summary>Writes a frame's bytes as they are.</summary>
internal sealed class EncodedFrameConverter : JsonConverter<EncodedFrame>
{
    /// <summary>Frames are only written.</summary>
    public override EncodedFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, EncodedFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
