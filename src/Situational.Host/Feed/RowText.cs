using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Situational.Host.Feed;

/// <summary>A JSON writer with the buffer that it writes to, used again and again. For one thread at a time.</summary>
internal sealed class RowText(int capacity) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);
    private Utf8JsonWriter? _json;

    /// <summary>The text that was begun.</summary>
    public Utf8JsonWriter Writer => _json!;

    /// <summary>Where its next byte goes.</summary>
    public int Position => (int)(_json!.BytesCommitted + _json.BytesPending);

    /// <summary>An empty text to write to.</summary>
    public Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        if (_json is null)
        {
            _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
            {
                // Frames are read by JSON parsers only, never put into a page as text.
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                SkipValidation = true,
            });
        }
        else
        {
            _json.Reset();
        }
        return _json;
    }

    /// <summary>What was written; good until the next text begins.</summary>
    public ReadOnlySpan<byte> End()
    {
        _json!.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose() => _json?.Dispose();
}
