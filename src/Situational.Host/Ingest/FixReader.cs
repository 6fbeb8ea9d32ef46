using System.Buffers;
using System.Text.Json;
using Situational.Domain.Geometry;
using Situational.Grains.Messages;

namespace Situational.Host.Ingest;

/// <summary>
/// Reads fixes from a body as it arrives, token by token, into an <see cref="IngestBatch"/>; keeps no object a fix. One for each request.
/// </summary>
/// <param name="lines">True for JSON objects one after another (NDJSON), false for one array.</param>
/// <param name="nowMs">Arrival of the request, milliseconds since 1970.</param>
/// <param name="directory">Knows the units.</param>
/// <param name="options">Says what becomes of unknown units.</param>
/// <param name="batch">Takes the fixes and the refusals.</param>
internal sealed class FixReader(bool lines, long nowMs, UnitDirectory directory, IngestOptions options, IngestBatch batch)
{
    /// <summary>A fix has two levels; a few more let unknown fields be skipped.</summary>
    private const int MaxDepth = 16;

    /// <summary>Longest single token in bytes; a longer one would be scanned again with every arriving buffer.</summary>
    private const int MaxTokenBytes = 64 * 1024;

    private readonly FixDraft _draft = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = lines });
    private Place _place = lines ? Place.BetweenFixes : Place.Start;
    private FixField _field;
    private int _skippingAt = -1;

    private enum Place
    {
        Start,
        BetweenFixes,
        InFix,
        End,
    }

    /// <summary>Reads as far as the bytes go.</summary>
    /// <param name="buffer">Bytes from where the last call stopped.</param>
    /// <param name="isFinal">No more bytes will come.</param>
    /// <returns>Where it stopped.</returns>
    /// <exception cref="BodyRefusedException">The body is malformed, empty or holds too many fixes.</exception>
    public SequencePosition Read(in ReadOnlySequence<byte> buffer, bool isFinal)
    {
        if (isFinal && lines && buffer.IsEmpty)
            return EndOf(buffer.End);
        try
        {
            var reader = new Utf8JsonReader(buffer, isFinal, _state);
            while (reader.Read())
                Take(ref reader);
            _state = reader.CurrentState;
            if (isFinal)
                return EndOf(reader.Position);
            if (buffer.Length - reader.BytesConsumed > MaxTokenBytes)
                throw new BodyRefusedException(StatusCodes.Status400BadRequest, $"The body holds a value of more than {MaxTokenBytes} bytes.");
            return reader.Position;
        }
        catch (JsonException e)
        {
            throw RequestBody.Malformed(e);
        }
    }

    private SequencePosition EndOf(SequencePosition position) => batch.Received > 0
        ? position
        : throw new BodyRefusedException(StatusCodes.Status400BadRequest, "The body holds no fix.");

    private void Take(ref Utf8JsonReader reader)
    {
        var token = reader.TokenType;
        if (_skippingAt >= 0)
        {
            if (token is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth == _skippingAt)
                _skippingAt = -1;
            return;
        }
        switch (_place)
        {
            case Place.Start:
                if (token != JsonTokenType.StartArray)
                    throw new BodyRefusedException(
                        StatusCodes.Status400BadRequest, "application/json must be an array of fixes; for one object a line use application/x-ndjson.");
                _place = Place.BetweenFixes;
                break;
            case Place.BetweenFixes when token == JsonTokenType.StartObject:
                _draft.Clear();
                _place = Place.InFix;
                break;
            case Place.BetweenFixes when token == JsonTokenType.EndArray:
                _place = Place.End;
                break;
            case Place.BetweenFixes:
                batch.Refuse(NextIndex(), null, FixRefusal.NotAnObject);
                if (token == JsonTokenType.StartArray)
                    _skippingAt = reader.CurrentDepth;
                break;
            case Place.InFix when token == JsonTokenType.PropertyName:
                _field = FixFields.Of(ref reader);
                break;
            case Place.InFix when token == JsonTokenType.EndObject:
                Finish();
                _place = Place.BetweenFixes;
                break;
            case Place.InFix when token is JsonTokenType.StartObject or JsonTokenType.StartArray:
                if (_field != FixField.Unknown)
                    _draft.Refusal ??= FixRefusal.WrongType(_field);
                _skippingAt = reader.CurrentDepth;
                break;
            case Place.InFix:
                _draft.Take(_field, ref reader);
                break;
        }
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
