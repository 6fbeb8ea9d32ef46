using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Situational.Host.Ingest;

/// <summary>Reads bodies within their time, and small ones as one JSON document.</summary>
internal sealed class RequestBody(IOptions<IngestOptions> options, TimeProvider time)
{
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Whether the body claims to be UTF-8 of that media type, not compressed.</summary>
    public static bool Is(HttpRequest request, string mediaType) =>
        (request.Headers.ContentEncoding is not { Count: > 0 } encoding || string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Feeds the body to a reader as it arrives: the reader gets what it left and what is new, and says how far it came.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="seconds">In which it must arrive; by default <see cref="IngestOptions.BodySeconds"/>.</param>
    /// <exception cref="BodyRefusedException">The reader refused it, or it did not arrive in time.</exception>
    public async Task ReadAsync(HttpContext context, PartReader reader, int? seconds = null)
    {
        var within = seconds ?? options.Value.BodySeconds;
        // Most bodies came along with their headers: they need no deadline.
        while (context.Request.BodyReader.TryRead(out var there))
        {
            context.Request.BodyReader.AdvanceTo(Consume(reader, there, context.Request.BodyReader), there.Buffer.End);
            if (there.IsCompleted)
                return;
        }
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(within), time);
        var body = context.Request.BodyReader;
        // Not a token for the read itself: Kestrel would take a cancelled read for one still going on, and could not read the rest away.
        await using var cut = deadline.Token.UnsafeRegister(static pipe => ((PipeReader)pipe!).CancelPendingRead(), body);
        while (true)
        {
            var part = await body.ReadAsync();
            if (part.IsCanceled)
            {
                body.AdvanceTo(part.Buffer.End);
                throw new BodyRefusedException(
                    StatusCodes.Status408RequestTimeout, $"The body did not arrive within {within} s. Nothing was recorded.");
            }
            body.AdvanceTo(Consume(reader, part, body), part.Buffer.End);
            if (part.IsCompleted)
                return;
        }
    }

    /// <summary>The whole body; its endpoint bounds it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="seconds">In which it must arrive; by default <see cref="IngestOptions.BodySeconds"/>.</param>
    /// <exception cref="BodyRefusedException">It did not arrive in time.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpContext context, int? seconds = null)
    {
        byte[] all = [];
        await ReadAsync(context, (in ReadOnlySequence<byte> buffer, bool isFinal) =>
        {
            if (!isFinal)
                return buffer.Start;
            all = buffer.ToArray();
            return buffer.End;
        }, seconds);
        return all;
    }

    /// <summary>The whole body as JSON; a property given twice makes it malformed. Null when the body is empty and that is allowed.</summary>
    /// <exception cref="BodyRefusedException">It is malformed or did not arrive in time.</exception>
    public async Task<JsonDocument?> ReadJsonAsync(HttpContext context, bool mayBeEmpty)
    {
        JsonDocument? document = null;
        await ReadAsync(context, (in ReadOnlySequence<byte> buffer, bool isFinal) =>
        {
            if (!isFinal)
                return buffer.Start;
            if (!(buffer.IsEmpty && mayBeEmpty))
                document = Parse(buffer);
            return buffer.End;
        });
        return document;
    }

    /// <summary>The refusal of a malformed body, naming the place.</summary>
    public static BodyRefusedException Malformed(JsonException e) => e.LineNumber is { } line
        ? Malformed(line, e.BytePositionInLine ?? 0, e)
        : new(StatusCodes.Status400BadRequest, "The body is not well-formed JSON, or holds a property twice. Nothing was recorded.", e);

    /// <summary>The refusal of a malformed body at a place, counted from 0.</summary>
    public static BodyRefusedException Malformed(long line, long byteInLine, JsonException? e) => new(
        StatusCodes.Status400BadRequest,
        string.Create(CultureInfo.InvariantCulture, $"The body is not well-formed JSON: line {line + 1}, byte {byteInLine + 1}. Nothing was recorded."),
        e);

    private static SequencePosition Consume(PartReader reader, in ReadResult part, PipeReader body)
    {
        try
        {
            return reader(part.Buffer, part.IsCompleted);
        }
        catch
        {
            // a part that is not given back would make the server cut the connection under the answer
            body.AdvanceTo(part.Buffer.End);
            throw;
        }
    }

    private static JsonDocument Parse(in ReadOnlySequence<byte> buffer)
    {
        try
        {
            // a copy, because the document would otherwise live on a buffer that the server takes back
            return JsonDocument.Parse(buffer.ToArray(), Json);
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    /// <summary>Looks at a part of a body and says how far it is done with it.</summary>
    internal delegate SequencePosition PartReader(in ReadOnlySequence<byte> buffer, bool isFinal);
}
