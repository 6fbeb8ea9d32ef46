using System.Buffers;
using System.Text.Json;
using Situational.Domain.Geometry;
using Situational.Grains.Messages;

namespace Situational.Host.Ingest;

/// <summary>
/// Reads fixes from a body as it arrives into an <see cref="IngestBatch"/>, value by value; keeps no object a fix. One for each request.
/// </summary>
/// <param name="lines">True for JSON objects one after another (NDJSON), false for one array.</param>
/// <param name="nowMs">Arrival of the request, milliseconds since 1970.</param>
/// <param name="directory">Knows the units.</param>
/// <param name="options">Says what becomes of unknown units.</param>
/// <param name="batch">Takes the fixes and the refusals.</param>
internal sealed class FixReader(bool lines, long nowMs, UnitDirectory directory, IngestOptions options, IngestBatch batch)
{
    /// <summary>A fix has two levels with the array; a few more let unknown fields be skipped.</summary>
    private const int MaxDepth = 16;

    /// <summary>Most bytes of one fix; a longer one would be looked at again with every arriving buffer.</summary>
    private const int MaxFixBytes = 64 * 1024;

    private readonly FixDraft _draft = new();
    private readonly JsonReaderOptions _value = new() { MaxDepth = lines ? MaxDepth : MaxDepth - 1, AllowMultipleValues = true };
    private Place _place = lines ? Place.Lines : Place.Start;
    private FixField _field;
    private long _lines;
    private long _column;

    private enum Place
    {
        Start,
        FirstOrEnd,
        Value,
        CommaOrEnd,
        End,
        Lines,
    }

    /// <summary>Reads as far as the bytes go.</summary>
    /// <param name="buffer">Bytes from where the last call stopped.</param>
    /// <param name="isFinal">No more bytes will come.</param>
    /// <returns>Where it stopped.</returns>
    /// <exception cref="BodyRefusedException">The body is malformed, empty or holds too many fixes.</exception>
    public SequencePosition Read(in ReadOnlySequence<byte> buffer, bool isFinal)
    {
        if (buffer.IsSingleSegment)
            return buffer.GetPosition(Read(buffer.FirstSpan, isFinal));
        var length = checked((int)buffer.Length);
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            buffer.CopyTo(whole);
            return buffer.GetPosition(Read(whole.AsSpan(0, length), isFinal));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private int Read(ReadOnlySpan<byte> json, bool isFinal)
    {
        var at = 0;
        while (true)
        {
            while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                at++;
            if (at == json.Length)
                break;
            switch (_place)
            {
                case Place.Start:
                    Open(json, at, isFinal);
                    _place = Place.FirstOrEnd;
                    at++;
                    break;
                case Place.FirstOrEnd or Place.CommaOrEnd when json[at] == ']':
                    _place = Place.End;
                    at++;
                    break;
                case Place.CommaOrEnd when json[at] == ',':
                    _place = Place.Value;
                    at++;
                    break;
                case Place.FirstOrEnd or Place.Value or Place.Lines:
                    if (TakeValue(json, at, isFinal) is not (> 0 and var length))
                    {
                        if (json.Length - at > MaxFixBytes)
                            throw new BodyRefusedException(StatusCodes.Status400BadRequest, $"The body holds a value of more than {MaxFixBytes} bytes.");
                        Pass(json[..at]);
                        return at;
                    }
                    at += length;
                    if (_place != Place.Lines)
                        _place = Place.CommaOrEnd;
                    break;
                default:
                    throw Malformed(json, at);
            }
        }
        if (isFinal && _place is not (Place.End or Place.Lines))
            throw Malformed(json, at);
        if (isFinal && batch.Received == 0)
            throw new BodyRefusedException(StatusCodes.Status400BadRequest, "The body holds no fix.");
        Pass(json);
        return at;
    }

    /// <summary>Takes one fix, or what stands in the place of one.</summary>
    /// <returns>Its length, or 0 when it is not whole yet.</returns>
    private int TakeValue(ReadOnlySpan<byte> json, int at, bool isFinal)
    {
        var value = json[at..];
        if (value[0] == '{' && _draft.TakeOrdinary(value) is > 0 and var ordinary)
        {
            Finish();
            return ordinary;
        }
        try
        {
            var reader = new Utf8JsonReader(value, isFinal, new JsonReaderState(_value));
            var whole = value[0] == '{' ? TakeObject(ref reader) : reader.Read() && reader.TrySkip();
            if (!whole)
                return isFinal ? throw Malformed(json, json.Length) : 0;
            if (value[0] == '{')
                Finish();
            else
                batch.Refuse(NextIndex(), null, FixRefusal.NotAnObject);
            return (int)reader.BytesConsumed;
        }
        catch (JsonException e)
        {
            throw Malformed(json[..at], e);
        }
    }

    /// <summary>Reads one object into the draft.</summary>
    /// <returns>False if it is not whole.</returns>
    private bool TakeObject(ref Utf8JsonReader reader)
    {
        _draft.Clear();
        if (!reader.Read())
            return false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject:
                    return true;
                case JsonTokenType.PropertyName:
                    _field = FixFields.Of(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    if (_field != FixField.Unknown)
                        _draft.Refusal ??= FixRefusal.WrongType(_field);
                    if (!reader.TrySkip())
                        return false;
                    break;
                default:
                    _draft.Take(_field, ref reader);
                    break;
            }
        }
        return false;
    }

    /// <summary>Refuses what does not begin as an array.</summary>
    private void Open(ReadOnlySpan<byte> json, int at, bool isFinal)
    {
        if (json[at] == '[')
            return;
        try
        {
            var reader = new Utf8JsonReader(json[at..], isFinal, new JsonReaderState(_value));
            reader.Read();
        }
        catch (JsonException e)
        {
            throw Malformed(json[..at], e);
        }
        throw new BodyRefusedException(
            StatusCodes.Status400BadRequest, "application/json must be an array of fixes; for one object a line use application/x-ndjson.");
    }

    /// <summary>Counts lines of what is done with, so that a fault later on can be named by its place.</summary>
    private void Pass(ReadOnlySpan<byte> json)
    {
        var last = json.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _lines += json.Count((byte)'\n');
            _column = 0;
        }
        _column += json.Length - last - 1;
    }

    private BodyRefusedException Malformed(ReadOnlySpan<byte> json, int at)
    {
        Pass(json[..at]);
        return RequestBody.Malformed(_lines, _column, null);
    }

    private BodyRefusedException Malformed(ReadOnlySpan<byte> before, JsonException e)
    {
        Pass(before);
        var line = e.LineNumber ?? 0;
        return RequestBody.Malformed(_lines + line, (line == 0 ? _column : 0) + (e.BytePositionInLine ?? 0), e);
    }

    private void Finish()
    {
        var index = NextIndex();
        if (_draft.Judge(nowMs) is { } refusal)
        {
            Refuse(index, refusal);
            return;
        }
        var unit = directory.Find(_draft.Unit) ?? batch.FindNew(_draft.Unit);
        if (unit is null)
        {
            if (options.Enrolment == Enrolment.Refuse)
            {
                Refuse(index, FixRefusal.UnknownUnit);
                return;
            }
            if (batch.NewUnits.Count >= directory.Room)
            {
                Refuse(index, FixRefusal.TooManyUnits);
                return;
            }
            unit = batch.AddNew(_draft.Unit, options.Enrolment == Enrolment.ByFix && !_draft.Squad.IsEmpty ? new string(_draft.Squad) : IngestOptions.UnassignedSquad);
        }
        var (latitude, longitude) = DatumConversion.ToWgs84(_draft.Datum, _draft.Latitude, _draft.Longitude);
        var callSign = _draft.CallSign.IsEmpty ? null : unit.CallSign(_draft.CallSign);
        batch.Add(index, unit, new Fix(
            unit.Unit, latitude, longitude, (float)_draft.Accuracy, (float)_draft.Speed, (float)_draft.Heading, _draft.MeasuredAtMs, callSign, _draft.Battery));
    }

    private void Refuse(int index, FixRefusal refusal) =>
        batch.Refuse(index, batch.Describes(index) && !_draft.Unit.IsEmpty ? new string(_draft.Unit) : null, refusal);

    private int NextIndex()
    {
        if (batch.Received == IngestBatch.MaxFixes)
            throw new BodyRefusedException(StatusCodes.Status413PayloadTooLarge, $"The body holds more than {IngestBatch.MaxFixes} fixes. Nothing was recorded.");
        return batch.Received++;
    }
}
