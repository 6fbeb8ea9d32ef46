using System.Globalization;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>Past rows as Redis keeps them: with their grids, so that the script of an append writes them with its events.</summary>
internal static class RedisPast
{
    /// <summary>Parts of a row in the answer of <see cref="RedisScript.PastBetween"/>.</summary>
    public const int Parts = 5;

    /// <summary>A time as scripts compare it: ticks are more than a number of Lua holds, and in 19 digits are ordered as texts.</summary>
    public static string Ticks(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A time out of an answer.</summary>
    public static long Ticks(RedisResult answer) => long.Parse(answer.Text(), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>When a case's first row of a grid began that did not begin before a time; empty without one.</summary>
    public static async Task<string> FirstAsync(
        RedisStore store, string grid, string id, string notBefore, RedisDeadline deadline, CancellationToken cancellationToken) => (await store.RunAsync(
            RedisScript.PastOf, [store.Keys.PastNow(grid), store.Keys.Past(grid)], [id, notBefore], deadline, cancellationToken).ConfigureAwait(false)).Text();

    /// <summary>A row out of an answer.</summary>
    /// <exception cref="JournalDamagedException">It is not what was written.</exception>
    public static PastCase Read(RedisResult id, RedisResult since, RedisResult row, string place, string grid)
    {
        var damage = StoredPast.Read(RedisAnswer.ToRow(row.Bytes()), id.Text(), Ticks(since), out var value);
        return damage is null ? value! : throw new JournalDamagedException(place, grid, null, $"a past row of case {id.Text()}: {damage}");
    }
}
