using System.Globalization;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>One thing in a grid's outbox.</summary>
/// <param name="Field"><see cref="Case"/> and a case id, <see cref="Key"/> and an idempotency key, or <see cref="Audit"/> and an append's id.</param>
/// <param name="Version">The grid's version that wrote it.</param>
/// <param name="Value">A case's entry, a key's record or an entry of the audit trail, in lines.</param>
internal sealed record OutboxItem(string Field, long Version, string Value)
{
    public const string Case = "c:";
    public const string Key = "k:";
    public const string Audit = "a:";

    /// <summary>What stands behind the kind.</summary>
    public string Name => Field[Key.Length..];

    public bool Is(string kind) => Field.StartsWith(kind, StringComparison.Ordinal);

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
