using System.Text.Json;
using Situational.Domain.Geometry;
using Situational.Domain.Patrols;

namespace Situational.Host.Ingest;

/// <summary>The fix that is being read, its texts in buffers that are used again for the next one. Of a field given twice the last counts.</summary>
internal sealed partial class FixDraft
{
    private const int MaxIdLength = 64;
    private const int MaxCallSignLength = 32;

    /// <summary>Bytes of a character that is escaped.</summary>
    private const int LongestEscape = 6;

    private readonly char[] _unit = new char[MaxIdLength];
    private readonly char[] _squad = new char[MaxIdLength];
    private readonly char[] _callSign = new char[MaxCallSignLength];
    private int _unitLength, _squadLength, _callSignLength;
    private bool _hasLatitude, _hasLongitude, _hasTime;

    /// <summary>The first thing that is wrong with its shape, or null.</summary>
    public FixRefusal? Refusal { get; set; }

    public ReadOnlySpan<char> Unit => _unit.AsSpan(0, _unitLength);

    public ReadOnlySpan<char> Squad => _squad.AsSpan(0, _squadLength);

    public ReadOnlySpan<char> CallSign => _callSign.AsSpan(0, _callSignLength);

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public double Accuracy { get; private set; }

    public double Speed { get; private set; }

    public double Heading { get; private set; }

    public long MeasuredAtMs { get; private set; }

    public sbyte Battery { get; private set; }

    public Datum Datum { get; private set; }

    /// <summary>Forgets the fix before.</summary>
    public void Clear()
    {
        Refusal = null;
        _unitLength = _squadLength = _callSignLength = 0;
        _hasLatitude = _hasLongitude = _hasTime = false;
        Accuracy = Speed = Heading = double.NaN;
        Battery = -1;
        Datum = Datum.Wgs84;
    }

    /// <summary>What is wrong with it as a whole, or null.</summary>
    public FixRefusal? Judge(long nowMs)
    {
        if (Refusal is not null)
            return Refusal;
        if (_unitLength == 0)
            return FixRefusal.UnitMissing;
        if (!_hasLatitude)
            return FixRefusal.LatMissing;
        if (!_hasLongitude)
            return FixRefusal.LonMissing;
        if (!_hasTime)
            return FixRefusal.AtMissing;
        var fault = FixRules.Check(Latitude, Longitude, Accuracy, Speed, Heading, MeasuredAtMs, nowMs);
        return fault == FixFault.None ? null : FixRefusal.Of(fault);
    }

    /// <summary>Takes a field's value. Null means that the field was not given.</summary>
    public void Take(FixField field, ref Utf8JsonReader reader)
    {
        if (field == FixField.Unknown || reader.TokenType == JsonTokenType.Null)
            return;
        switch (field)
        {
            case FixField.Unit:
                TakeText(field, ref reader, _unit, ref _unitLength, FixRefusal.UnitLength, FixRefusal.UnitCharacters);
                break;
            case FixField.Squad:
                TakeText(field, ref reader, _squad, ref _squadLength, FixRefusal.SquadLength, FixRefusal.SquadCharacters);
                break;
            case FixField.CallSign:
                TakeText(field, ref reader, _callSign, ref _callSignLength, FixRefusal.CallSignLength, FixRefusal.CallSignCharacters);
                break;
            case FixField.At:
                TakeTime(ref reader);
                break;
            case FixField.Datum:
                TakeDatum(ref reader);
                break;
            default:
                TakeNumber(field, ref reader);
                break;
        }
    }

    private void TakeNumber(FixField field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            Refuse(FixRefusal.WrongType(field));
            return;
        }
        if (field == FixField.Battery)
        {
            if (reader.TryGetInt32(out var percent) && percent is >= 0 and <= 100)
                Battery = (sbyte)percent;
            else
                Refuse(FixRefusal.BatteryOutOfRange);
            return;
        }
        // what a double cannot hold becomes an infinity, which the domain refuses
        var value = reader.TryGetDouble(out var number) ? number : double.PositiveInfinity;
        switch (field)
        {
            case FixField.Lat:
                (Latitude, _hasLatitude) = (value, true);
                break;
            case FixField.Lon:
                (Longitude, _hasLongitude) = (value, true);
                break;
            case FixField.Accuracy:
                Accuracy = value;
                break;
            case FixField.Speed:
                Speed = value;
                break;
            case FixField.Heading:
                Heading = value;
                break;
        }
    }

    /// <summary>Copies the string without its escapes; nothing when it is too long to be a time or holds a lone surrogate.</summary>
    /// <returns>How many bytes it has.</returns>
    private static int Copy(ref Utf8JsonReader reader, scoped Span<byte> copy)
    {
        if ((reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > copy.Length)
            return 0;
        try
        {
            return reader.CopyString(copy);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private void TakeTime(ref Utf8JsonReader reader)
    {
        var ok = false;
        if (reader.TokenType == JsonTokenType.Number)
        {
            ok = reader.TryGetInt64(out var milliseconds);
            MeasuredAtMs = milliseconds;
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            Span<byte> whole = stackalloc byte[Rfc3339.MaxLength * LongestEscape];
            scoped ReadOnlySpan<byte> text = reader.ValueSpan;
            // split between two buffers, or with escapes: careful writers escape the plus of an offset
            if (reader.HasValueSequence || reader.ValueIsEscaped)
                text = whole[..Copy(ref reader, whole)];
            ok = Rfc3339.TryParse(text, out var milliseconds);
            MeasuredAtMs = milliseconds;
        }
        else
        {
            Refuse(FixRefusal.WrongType(FixField.At));
            return;
        }
        _hasTime = true;
        if (!ok)
            Refuse(FixRefusal.TimeUnreadable);
    }

    private void TakeDatum(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            Refuse(FixRefusal.WrongType(FixField.Datum));
        else if (reader.ValueTextEquals("wgs84"u8))
            Datum = Datum.Wgs84;
        else if (reader.ValueTextEquals("gcj02"u8))
            Datum = Datum.Gcj02;
        else if (reader.ValueTextEquals("bd09"u8))
            Datum = Datum.Bd09;
        else
            Refuse(FixRefusal.DatumUnknown);
    }

    private void TakeText(FixField field, ref Utf8JsonReader reader, char[] target, ref int length, FixRefusal wrongLength, FixRefusal unfit)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(FixRefusal.WrongType(field));
            return;
        }
        // a character takes at most six bytes, as \u0000
        const int MaxBytes = MaxIdLength * 6;
        var bytes = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (bytes is 0 or > MaxBytes)
        {
            Refuse(wrongLength);
            return;
        }
        Span<char> text = stackalloc char[MaxBytes];
        try
        {
            text = text[..reader.CopyString(text)];
        }
        catch (InvalidOperationException)
        {
            // lone surrogates, or bytes that are not UTF-8
            Refuse(unfit);
            return;
        }
        if (text.Length > target.Length)
            Refuse(wrongLength);
        else if (!PlainText.IsFit(text))
            Refuse(unfit);
        else
        {
            text.CopyTo(target);
            length = text.Length;
        }
    }

    private void Refuse(FixRefusal refusal) => Refusal ??= refusal;
}
