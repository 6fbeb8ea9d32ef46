using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>What scripts answer, and rows as Redis keeps them: the checksum in eight hexadecimal digits, then the data.</summary>
internal static class RedisAnswer
{
    private const int Digits = 8;

    public static RedisResult[] Items(this RedisResult answer) => (RedisResult[]?)answer ?? [];

    public static string Text(this RedisResult answer) => (string?)answer ?? "";

    public static long Number(this RedisResult answer) => long.Parse(answer.Text(), CultureInfo.InvariantCulture);

    public static byte[] Bytes(this RedisResult answer) => (byte[]?)answer ?? [];

    public static RedisValue ToValue(this StoredRow row)
    {
        var value = new byte[Digits + row.Data.Length];
        if (!Utf8Formatter.TryFormat((uint)row.Checksum, value, out _, new System.Buffers.StandardFormat('x', Digits)))
            throw new InvalidOperationException("A checksum has eight digits.");
        row.Data.CopyTo(value, Digits);
        return value;
    }

    /// <summary>As text, for data that is text.</summary>
    public static string ToText(this StoredRow row) => ((uint)row.Checksum).ToString("x8", CultureInfo.InvariantCulture) + Encoding.UTF8.GetString(row.Data);

    /// <inheritdoc cref="ToRow(byte[])"/>
    public static StoredRow ToRow(string value) => ToRow(Encoding.UTF8.GetBytes(value));

    /// <summary>A row as read; one that is cut short has a checksum that matches nothing.</summary>
    public static StoredRow ToRow(byte[] value) =>
        value.Length >= Digits && Utf8Parser.TryParse(value.AsSpan(0, Digits), out uint checksum, out var read, 'x') && read == Digits
            ? new StoredRow(value[Digits..], checksum)
            : new StoredRow(value, -1);
}
