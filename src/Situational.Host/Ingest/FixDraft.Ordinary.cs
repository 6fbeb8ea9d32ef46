using System.Buffers;
using System.Text.Unicode;
using Situational.Domain.Geometry;

namespace Situational.Host.Ingest;

/// <summary>
/// The fix as most devices write it, read in one pass over its bytes. Whatever is not ordinary, right or wrong, is left to the JSON reader,
/// which says what is wrong with it: so only what is right is decided here.
/// </summary>
internal sealed partial class FixDraft
{
    /// <summary>Digits that a double holds exactly, so that one division by a power of ten rounds once, as a careful parser does.</summary>
    private const int ExactDigits = 15;

    /// <summary>Digits that a time in milliseconds may have here: none of them overflows.</summary>
    private const int TimeDigits = 15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>
    /// Reads an object of known fields without escapes, exponents, line breaks or nesting, each well-formed by itself.
    /// </summary>
    /// <param name="json">Begins with the object's brace; may go on behind the object, or end within it.</param>
    /// <returns>The object's length, or 0 when it is not ordinary or not whole; then this draft holds nothing of use.</returns>
    public int TakeOrdinary(ReadOnlySpan<byte> json)
    {
        Clear();
        var at = 1;
        while (true)
        {
            SkipBlanks(json, ref at);
            if ((uint)at >= (uint)json.Length || json[at] != '"')
                return 0;
            at++;
            var length = json[at..].IndexOf((byte)'"');
            if (length <= 0)
                return 0;
            var field = FixFields.Of(json.Slice(at, length));
            at += length + 1;
            SkipBlanks(json, ref at);
            if ((uint)at >= (uint)json.Length || json[at] != ':')
                return 0;
            at++;
            SkipBlanks(json, ref at);
            if (!TakeOrdinary(field, json, ref at))
                return 0;
            SkipBlanks(json, ref at);
            if ((uint)at >= (uint)json.Length)
                return 0;
            var next = json[at++];
            if (next == '}')
                return at;
            if (next != ',')
                return 0;
        }
    }

    private static void SkipBlanks(ReadOnlySpan<byte> json, ref int at)
    {
        while ((uint)at < (uint)json.Length && json[at] == ' ')
            at++;
    }

    private bool TakeOrdinary(FixField field, ReadOnlySpan<byte> json, ref int at)
    {
        double number;
        switch (field)
        {
            case FixField.Unit:
                return TakeText(json, ref at, _unit, ref _unitLength);
            case FixField.Squad:
                return TakeText(json, ref at, _squad, ref _squadLength);
            case FixField.CallSign:
                return TakeText(json, ref at, _callSign, ref _callSignLength);
            case FixField.Lat:
                if (!TakeNumber(json, ref at, out number))
                    return false;
                (Latitude, _hasLatitude) = (number, true);
                return true;
            case FixField.Lon:
                if (!TakeNumber(json, ref at, out number))
                    return false;
                (Longitude, _hasLongitude) = (number, true);
                return true;
            case FixField.Accuracy:
                if (!TakeNumber(json, ref at, out number))
                    return false;
                Accuracy = number;
                return true;
            case FixField.Speed:
                if (!TakeNumber(json, ref at, out number))
                    return false;
                Speed = number;
                return true;
            case FixField.Heading:
                if (!TakeNumber(json, ref at, out number))
                    return false;
                Heading = number;
                return true;
            case FixField.Battery:
                if (!TakeNumber(json, ref at, out number) || number is not (>= 0 and <= 100) || number != (int)number)
                    return false;
                Battery = (sbyte)number;
                return true;
            case FixField.At:
                return TakeTime(json, ref at);
            case FixField.Datum:
                return TakeDatum(json, ref at);
            default:
                return false;
        }
    }

    private static bool TakeNumber(ReadOnlySpan<byte> json, ref int at, out double value)
    {
        value = 0;
        var place = at;
        var negative = (uint)place < (uint)json.Length && json[place] == '-';
        if (negative)
            place++;
        var first = place;
        var digits = 0L;
        uint digit;
        while ((uint)place < (uint)json.Length && (digit = (uint)(json[place] - '0')) <= 9)
        {
            digits = digits * 10 + digit;
            place++;
        }
        var count = place - first;
        if (count is 0 or > ExactDigits || (count > 1 && json[first] == '0') || (uint)place >= (uint)json.Length)
            return false;
        var decimals = 0;
        if (json[place] == '.')
        {
            var point = place++;
            while ((uint)place < (uint)json.Length && (digit = (uint)(json[place] - '0')) <= 9)
            {
                digits = digits * 10 + digit;
                place++;
                if (place - first > ExactDigits + 1)
                    return false;
            }
            decimals = place - point - 1;
            if (decimals == 0 || (uint)place >= (uint)json.Length)
                return false;
        }
        if (json[place] is (byte)'e' or (byte)'E')
            return false;
        value = digits / PowersOfTen[decimals];
        if (negative)
            value = -value;
        at = place;
        return true;
    }

    private bool TakeTime(ReadOnlySpan<byte> json, ref int at)
    {
        if ((uint)at >= (uint)json.Length)
            return false;
        if (json[at] == '"')
        {
            var text = json[(at + 1)..];
            var end = text.IndexOf((byte)'"');
            // an escape is no part of a time, so a text with one is not taken here
            if (end < 0 || !Rfc3339.TryParse(text[..end], out var parsed))
                return false;
            (MeasuredAtMs, _hasTime) = (parsed, true);
            at += end + 2;
            return true;
        }
        var place = at;
        var time = 0L;
        uint digit;
        while ((uint)place < (uint)json.Length && (digit = (uint)(json[place] - '0')) <= 9)
        {
            time = time * 10 + digit;
            if (++place - at > TimeDigits)
                return false;
        }
        // behind the last digit something must come, or a digit may be missing still
        if (place == at || json[at] == '0' || (uint)place >= (uint)json.Length || json[place] is (byte)'.' or (byte)'e' or (byte)'E')
            return false;
        (MeasuredAtMs, _hasTime) = (time, true);
        at = place;
        return true;
    }

    private bool TakeDatum(ReadOnlySpan<byte> json, ref int at)
    {
        var rest = (uint)at < (uint)json.Length ? json[at..] : default;
        if (rest.StartsWith("\"wgs84\""u8))
            (Datum, at) = (Datum.Wgs84, at + 7);
        else if (rest.StartsWith("\"gcj02\""u8))
            (Datum, at) = (Datum.Gcj02, at + 7);
        else if (rest.StartsWith("\"bd09\""u8))
            (Datum, at) = (Datum.Bd09, at + 6);
        else
            return false;
        return true;
    }

    /// <summary>Takes text without escapes that is fit and neither empty nor too long.</summary>
    private static bool TakeText(ReadOnlySpan<byte> json, ref int at, char[] target, ref int length)
    {
        if ((uint)at >= (uint)json.Length || json[at] != '"')
            return false;
        var text = json[(at + 1)..];
        var place = 0;
        var blank = true;
        while ((uint)place < (uint)text.Length)
        {
            var c = text[place];
            if (c == '"')
            {
                if (blank)
                    return false;
                length = place;
                at += place + 2;
                return true;
            }
            if (c > 0x7E)
                return TakeUnicode(text, ref at, target, ref length);
            if (c is < 0x20 or (byte)'\\' || (uint)place >= (uint)target.Length)
                return false;
            blank &= c == ' ';
            target[place++] = (char)c;
        }
        return false;
    }

    private static bool TakeUnicode(ReadOnlySpan<byte> text, ref int at, char[] target, ref int length)
    {
        var end = text.IndexOf((byte)'"');
        if (end < 0 || text[..end].Contains((byte)'\\') || Utf8.ToUtf16(text[..end], target, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done
            || !PlainText.IsFit(target.AsSpan(0, written)))
            return false;
        length = written;
        at += end + 2;
        return true;
    }
}
