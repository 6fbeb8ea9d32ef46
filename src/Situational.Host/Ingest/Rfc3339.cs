using System.Buffers;
using System.Text;

namespace Situational.Host.Ingest;

/// <summary>Reads times as RFC 3339 section 5.6 writes them; the offset is required.</summary>
internal static class Rfc3339
{
    /// <summary>Longest text that is looked at: nine digits of a second and an offset.</summary>
    public const int MaxLength = 35;

    /// <summary>The time in UTC; digits below a millisecond are cut off. False also for years that a <see cref="DateTimeOffset"/> cannot hold in UTC.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (text.Length > MaxLength || !Ascii.IsValid(text)
            || Ascii.FromUtf16(text, bytes, out var length) != OperationStatus.Done
            || !TryParse(bytes[..length], out var milliseconds)
            || milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    /// <summary>Milliseconds since 1970 UTC; digits below a millisecond are cut off. A leap second counts as the first of the next minute.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length is < 20 or > MaxLength
            || !Number(text[..4], out var year) || text[4] != '-'
            || !Number(text[5..7], out var month) || text[7] != '-'
            || !Number(text[8..10], out var day) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !Number(text[11..13], out var hour) || text[13] != ':'
            || !Number(text[14..16], out var minute) || text[16] != ':'
            || !Number(text[17..19], out var second))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return false;
        var rest = text[19..];
        var thousandths = 0;
        if (rest[0] == '.')
        {
            var digits = 1;
            while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
                digits++;
            if (digits == 1)
                return false;
            for (var i = 1; i <= 3; i++)
                thousandths = thousandths * 10 + (i < digits ? rest[i] - '0' : 0);
            rest = rest[digits..];
        }
        if (!Offset(rest, out var offsetMinutes))
            return false;
        var days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        milliseconds = (((days * 24L + hour) * 60 + minute - offsetMinutes) * 60 + second) * 1000 + thousandths;
        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
            return text[0] is (byte)'Z' or (byte)'z';
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Number(text[1..3], out var hour) || !Number(text[4..6], out var minute) || hour > 23 || minute > 59)
            return false;
        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = value * 10 + digit - '0';
        }
        return true;
    }
}
