using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Contract;

/// <summary>Whatever happens, the picture of a moment is what the events up to it fold to.</summary>
public abstract class PastHistoryContract
{
    /// <summary>Moments of one history that are looked at.</summary>
    private const int Moments = 250;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(4, 600)]
    [InlineData(5, 6_000)]
    [InlineData(6, 20_000)]
    public async Task At_AnyMomentOfAnyHistory_IsWhatTheEventsFoldTo(int seed, int minutesBetween)
    {
        using var store = NewStore();
        var random = new RandomCity(store, seed);
        // Often nothing passes: much happens at the same time.
        await random.LiveAsync(300, share => share < 0.2 ? TimeSpan.Zero : TimeSpan.FromTicks((long)(share * minutesBetween * TimeSpan.TicksPerMinute)));
        var happened = random.City.Happened;
        Assert.Equal(happened.OrderBy(one => one.Event.At).Select(one => one.Event), happened.Select(one => one.Event));
        AssertRich(happened);

        var pick = new Random(seed);
        foreach (var at in MomentsOf(happened, pick))
        {
            var told = (await PastTelling.AtAsync(store.Past, at)).ToArray();
            Assert.Equal(Folded(happened, at), Timeless(told));
            Assert.All(told, one => Assert.True(one.From <= at));
            // What is told to have begun then was not so the moment before.
            if (told.Length > 0 && told[pick.Next(told.Length)] is { } some)
                Assert.DoesNotContain(Timeless([some])[0], Folded(happened, some.From.AddTicks(-1)));
        }
        Assert.Equal(happened[0].Event.At, await store.Past.KeptSinceAsync(default));
        await AssertWellAsync(store);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Changes_BetweenAnyMoments_LeadFromOnePictureToTheOther(int seed)
    {
        using var store = NewStore();
        var random = new RandomCity(store, seed);
        await random.LiveAsync(250, share => TimeSpan.FromMinutes((int)(share * 100)));
        var pick = new Random(seed);
        var moments = MomentsOf(random.City.Happened, pick).ToArray();
        for (var i = 0; i < 60; i++)
        {
            var (from, to) = (moments[pick.Next(moments.Length)], moments[pick.Next(moments.Length)]);
            if (from > to)
                (from, to) = (to, from);
            var picture = (await PastTelling.AtAsync(store.Past, from)).ToDictionary(one => one.Id);
            foreach (var row in await PastTelling.ChangesAsync(store.Past, from, to))
            {
                Assert.True(row.From > from && row.From <= to);
                if (row.Stage.IsOpen())
                    picture[row.Id] = row;
                else
                    picture.Remove(row.Id);
            }
            Assert.Equal(await PastTelling.AtAsync(store.Past, to), picture.Values.OrderBy(one => one.Id, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task At_WhileClocksAreSetBack_NeverShowsACaseTwiceAndVerifies(int seed)
    {
        using var store = NewStore();
        var random = new RandomCity(store, seed);
        await random.LiveAsync(300, share => TimeSpan.FromMinutes(share < 0.1 ? -300 : (int)(share * 60)));
        var happened = random.City.Happened;
        Assert.NotEqual(happened.OrderBy(one => one.Event.At).Select(one => one.Event), happened.Select(one => one.Event));
        var rows = Rows(happened);
        foreach (var at in MomentsOf(happened, new Random(seed)))
            Assert.Equal(Shown(rows, at), await PastTelling.AtAsync(store.Past, at));
        Assert.Equal(
            Folded(happened, DateTimeOffset.MaxValue), Timeless(await PastTelling.AtAsync(store.Past, DateTimeOffset.MaxValue)));
        await AssertWellAsync(store);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Forget_AtAnyMoment_ChangesNoLaterPicture(int seed)
    {
        using var store = NewStore();
        var random = new RandomCity(store, seed);
        await random.LiveAsync(250, share => TimeSpan.FromMinutes((int)(share * 600)));
        var happened = random.City.Happened;
        for (var i = 1; i <= 5; i++)
        {
            var before = happened[i * happened.Count / 6].Event.At;
            while (await store.Past.ForgetAsync(before, 7, default) == 7)
                Assert.Equal(before, await store.Past.KeptSinceAsync(default));
            foreach (var at in MomentsOf(happened, new Random(seed)).Where(at => at >= before).Take(40).Append(before))
                Assert.Equal(Folded(happened, at), Timeless(await PastTelling.AtAsync(store.Past, at)));
            await AssertWellAsync(store);
        }
    }

    /// <summary>A store of its own.</summary>
    protected abstract StoreUnderTest NewStore();

    /// <summary>Verifies a store, closed meanwhile.</summary>
    protected abstract Task<UpkeepCommand> VerifyAsync(StoreUnderTest store);

    private async Task AssertWellAsync(StoreUnderTest store)
    {
        store.Close();
        var run = await VerifyAsync(store);
        Assert.Equal(("", "", 0), (run.Faults, run.Refusal, run.Code));
    }

    /// <summary>Histories in which little happens would show little.</summary>
    private static void AssertRich(List<(string Grid, GridEvent Event)> happened)
    {
        Type[] must = [typeof(CaseOpened), typeof(CaseStepped), typeof(CaseDeparted), typeof(CaseArrived), typeof(HandoverEnded), typeof(CaseMerged)];
        Assert.Empty(must.Except(happened.Select(one => one.Event.GetType())));
        Assert.True(happened.Count > 100);
    }

    /// <summary>Times of events, the last moments before them, and any between.</summary>
    private static IEnumerable<DateTimeOffset> MomentsOf(List<(string Grid, GridEvent Event)> happened, Random random)
    {
        var first = happened.Min(one => one.Event.At).AddHours(-1).Ticks;
        var last = happened.Max(one => one.Event.At).AddHours(1).Ticks;
        for (var i = 0; i < Moments; i++)
        {
            var at = happened[random.Next(happened.Count)].Event.At;
            yield return (i % 3) switch { 0 => at, 1 => at.AddTicks(-1), _ => new DateTimeOffset(random.NextInt64(first, last), TimeSpan.Zero) };
        }
    }

    /// <summary>The cases open at a moment by the fold of all grids' events up to it; one on its way is where it was.</summary>
    private static PastCase[] Folded(List<(string Grid, GridEvent Event)> happened, DateTimeOffset at)
    {
        var grids = happened.Where(one => one.Event.At <= at).GroupBy(one => one.Grid)
            .Select(grid => GridFold.Apply(GridState.Empty(grid.Key), [.. grid.Select(one => one.Event)])).ToArray();
        var newest = new Dictionary<string, int>();
        foreach (var one in grids.SelectMany(grid => grid.Arrived))
            newest[one.Key] = Math.Max(newest.GetValueOrDefault(one.Key), one.Value);
        var onTheirWay = grids.SelectMany(grid => grid.Outbound.Values)
            .Where(owed => owed.Kind == HandoverKind.Move && newest.GetValueOrDefault(owed.Case.Id) <= owed.Case.Hops).Select(owed => owed.Case);
        return [.. grids.SelectMany(grid => grid.Open.Values).Concat(onTheirWay).Select(one => PastCase.Of(one, default)).OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>The rows as the contract says, one by one and without any index.</summary>
    private static Dictionary<string, List<PastCase>> Rows(List<(string Grid, GridEvent Event)> happened)
    {
        var cases = new Dictionary<(string, string), Case>();
        var rows = new Dictionary<string, List<PastCase>>();
        foreach (var (grid, next) in happened)
        {
            var id = CaseFold.CaseIdOf(next);
            if (next is HandoverEnded { Taken: true })
                continue;
            var after = CaseFold.Apply(grid, next is CaseArrived ? null : cases.GetValueOrDefault((grid, id)), next)!;
            cases[(grid, id)] = after;
            if (!rows.TryGetValue(id, out var past))
                rows.Add(id, past = []);
            var from = past.Count > 0 && past[^1].From > next.At ? past[^1].From : next.At;
            var row = PastCase.Of(after, from);
            if (past.Count > 0 && (after.IsOpen ? past[^1] with { From = from } == row : !past[^1].Stage.IsOpen()))
                continue;
            if (past.Count > 0 && past[^1].From == from)
                past.RemoveAt(past.Count - 1);
            past.Add(row);
        }
        return rows;
    }

    private static IEnumerable<PastCase> Shown(Dictionary<string, List<PastCase>> rows, DateTimeOffset at) => rows.Values
        .Select(past => past.LastOrDefault(row => row.From <= at)).OfType<PastCase>().Where(row => row.Stage.IsOpen()).OrderBy(row => row.Id, StringComparer.Ordinal);

    private static PastCase[] Timeless(IEnumerable<PastCase> cases) => [.. cases.Select(one => one with { From = default })];
}
