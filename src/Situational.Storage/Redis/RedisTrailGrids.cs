using System.Collections.Concurrent;
using System.Globalization;
using Situational.Domain.Journal;
using Situational.Storage.Rows;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>
/// Numbers of grids in trails. A grid keeps its number, so they are remembered; but a Redis that begins anew may have lost the newest of them
/// and give them to others, so a new run of it is asked again. Safe for all threads.
/// </summary>
internal sealed class RedisTrailGrids(RedisStore store)
{
    private volatile Known _known = new(-1);

    /// <summary>The numbers of grids, given now to those that have none.</summary>
    public async Task<IReadOnlyDictionary<string, int>> NumbersAsync(IReadOnlyCollection<string> grids, CancellationToken cancellationToken)
    {
        var known = Present();
        var missing = new List<RedisValue>();
        foreach (var grid in grids)
            if (!known.Numbers.ContainsKey(grid))
                missing.Add(grid);
        if (missing.Count > 0)
        {
            var answer = (await store.RunAsync(
                RedisScript.TrailGrids, [store.Keys.TrailGrids, store.Keys.TrailGridNames], [.. missing], cancellationToken).ConfigureAwait(false)).Items();
            for (var i = 0; i < answer.Length; i++)
                known.Add(missing[i]!, (int)answer[i].Number());
        }
        return known.Numbers;
    }

    /// <summary>Forgets what is known, as Redis knows it otherwise.</summary>
    public void Forget() => _known = new Known(-1);

    /// <summary>Reads a piece's points into a list.</summary>
    /// <exception cref="JournalDamagedException">It is not what was written.</exception>
    public async Task ReadAsync(string unit, long slot, byte[] piece, List<TrailPoint> points, CancellationToken cancellationToken)
    {
        if (await TryReadAsync(unit, slot, piece, points, cancellationToken).ConfigureAwait(false) is { } damage)
            throw new JournalDamagedException(store.Place, null, null, $"the trail of unit {unit}, slot {slot}: {damage}");
    }

    /// <summary>Reads a piece's points into a list; says what is wrong instead.</summary>
    public async Task<string?> TryReadAsync(string unit, long slot, byte[] piece, List<TrailPoint> points, CancellationToken cancellationToken)
    {
        var before = points.Count;
        var damage = TrailPiece.Read(unit, slot, piece, Present().NameOf, points);
        if (damage is null)
            return null;
        // The grid may be one that was numbered after the names were read.
        points.RemoveRange(before, points.Count - before);
        var known = Present();
        var whole = (await store.RunAsync(RedisScript.Whole, [store.Keys.TrailGridNames], [], cancellationToken).ConfigureAwait(false)).Items();
        for (var i = 0; i + 1 < whole.Length; i += 2)
            known.Add(whole[i + 1].Text(), int.Parse(whole[i].Text(), CultureInfo.InvariantCulture));
        return TrailPiece.Read(unit, slot, piece, known.NameOf, points);
    }

    /// <summary>A grid's name, or null. Only what <see cref="ReadAsync"/> or <see cref="NamesAsync"/> has met.</summary>
    public string? FindName(int number) => Present().NameOf(number);

    /// <summary>Makes the names of these numbers known.</summary>
    public async Task NamesAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var known = Present();
        var missing = new List<RedisValue>();
        foreach (var number in numbers)
            if (known.NameOf(number) is null)
                missing.Add(number);
        if (missing.Count == 0)
            return;
        var names = (await store.RunAsync(RedisScript.Rows, [store.Keys.TrailGridNames], [.. missing], cancellationToken).ConfigureAwait(false)).Items();
        for (var i = 0; i < names.Length; i++)
            if (names[i].Text() is { Length: > 0 } name)
                known.Add(name, (int)missing[i]);
    }

    private Known Present()
    {
        var known = _known;
        var restarts = store.Restarts;
        if (known.Restarts != restarts)
            _known = known = new Known(restarts);
        return known;
    }

    /// <summary>What one run of Redis said.</summary>
    private sealed class Known(long restarts)
    {
        private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<int, string> _names = new();

        public long Restarts => restarts;

        public IReadOnlyDictionary<string, int> Numbers => _numbers;

        public string? NameOf(int number) => _names.GetValueOrDefault(number);

        public void Add(string name, int number)
        {
            _names[number] = name;
            _numbers[name] = number;
        }
    }
}
