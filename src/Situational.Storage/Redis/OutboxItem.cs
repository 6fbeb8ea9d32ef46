using System.Globalization;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>One thing in a grid's outbox.</summary>
/// <param name="Field"><see cref="Case"/> and a case id, or <see cref="Key"/> and an idempotency key.</param>
/// <param name="Version">The grid's version that wrote it.</param>
/// <param name="Value">A case's entry or a key's record, in lines.</param>
internal sealed record OutboxItem(string Field, long Version, string Value)
{
    public const string Case = "c:";
    public const string Key = "k:";

    /// <summary>Items from fields and values, one after the other.</summary>
    public static List<OutboxItem> Read(RedisResult[] fields, int from)
    {
        var items = new List<OutboxItem>();
        for (var i = from; i + 1 < fields.Length; i += 2)
        {
            var text = fields[i + 1].Text();
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            items.Add(new OutboxItem(fields[i].Text(), long.Parse(text.AsSpan(0, line), CultureInfo.InvariantCulture), text[(line + 1)..]));
        }
        return items;
    }
}
