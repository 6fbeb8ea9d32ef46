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
    public static long Ticks(RedisResult answer) => Ticks(answer.Text());

    /// <summary>The ticks of such a text.</summary>
    public static long Ticks(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Where a case leaves for, as <see cref="RedisKeys.PastLeaving"/> holds it.</summary>
    /// <param name="hops">How often it had moved before.</param>
    /// <param name="grid">The grid that it leaves for.</param>
    public static string Leaving(int hops, string grid) => string.Create(CultureInfo.InvariantCulture, $"{hops + 1}:{grid}");

    /// <summary>Since when a case that leaves is where it goes, in ticks; empty while it is not.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The case.</param>
    /// <param name="leaving">Where it leaves for.</param>
    /// <param name="deadline">When it must have been answered.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<string> CameAsync(RedisStore store, string id, string leaving, RedisDeadline deadline, CancellationToken cancellationToken)
    {
        var (after, grid) = leaving.Split(':', 2) is [var hops, var to] ? (hops, to) : ("", leaving);
        return (await store.RunAsync(
            RedisScript.Rows, [store.Keys.PastCame(grid)], [$"{id}:{after}"], deadline, cancellationToken).ConfigureAwait(false)).Items()[0].Text();
    }

    /// <summary>A row out of an answer.</summary>
    /// <exception cref="JournalDamagedException">It is not what was written.</exception>
    public static PastCase Read(RedisResult id, RedisResult since, RedisResult row, string place, string grid)
    {
        var damage = StoredPast.Read(RedisAnswer.ToRow(row.Bytes()), id.Text(), Ticks(since), out var value);
        return damage is null ? value! : throw new JournalDamagedException(place, grid, null, $"a past row of case {id.Text()}: {damage}");
    }
}
