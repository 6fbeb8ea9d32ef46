using Situational.Domain.Cases;
using Situational.Domain.Catalogue;

namespace Situational.Storage.Tests.Support;

/// <summary>Lets anything happen in three grids that the domain's decisions allow: the same seed gives the same history.</summary>
public sealed class RandomCity(StoreUnderTest store, int seed)
{
    private static readonly string[] Grids = [LivingCity.A, LivingCity.B, "330106001001003"];
    private static readonly string[] Categories = [.. CityRules.Default.Categories.Keys.Order(StringComparer.Ordinal)];
    private static readonly string[] Departments = [.. CityRules.Default.Departments.Keys.Order(StringComparer.Ordinal)];
    private static readonly string[] WhistleKinds = [.. CityRules.Default.WhistleKinds.Keys.Order(StringComparer.Ordinal)];
    private static readonly CaseStep[] Steps = Enum.GetValues<CaseStep>();

    private readonly Random _random = new(seed);
    private int _territory = 1;

    public LivingCity City { get; } = new(store);

    /// <summary>Tries so many things.</summary>
    /// <param name="count">How many.</param>
    /// <param name="clock">How far the clock goes before each, given a number from 0 to 1.</param>
    public async Task LiveAsync(int count, Func<double, TimeSpan> clock)
    {
        for (var i = 0; i < count; i++)
        {
            City.Now += clock(_random.NextDouble());
            var grid = OneOf(Grids);
            await (_random.Next(10) switch
            {
                0 or 1 => OpenAsync(grid),
                2 => City.PassAsync(grid, TimeSpan.Zero),
                3 => DepartAsync(grid),
                4 => HandOverAsync(grid),
                _ => StepAsync(grid),
            });
        }
    }

    private Task OpenAsync(string grid) => City.TryAsync(grid, new GridCommand.Open(
        new Report(OneOf(Categories), (Severity)_random.Next(1, 5), $"第 {_random.Next()} 处", 30 + _random.NextDouble(), 120 + _random.NextDouble(), "worker", null, null, []),
        _territory, LivingCity.Officer));

    private async Task DepartAsync(string grid)
    {
        var open = City[grid].Open.Keys.Order(StringComparer.Ordinal).ToArray();
        if (open.Length == 0)
            return;
        _territory++;
        await City.TryAsync(grid, new GridCommand.Depart(
            _territory, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => (OneOf(open), OneOf(Grids))).DistinctBy(owner => owner.Item1)]));
    }

    /// <summary>Half a handover at a time, so that anything may come between, or its refusal.</summary>
    private async Task HandOverAsync(string grid)
    {
        foreach (var owed in City[grid].Outbound.Values.OrderBy(owed => owed.Case.Id, StringComparer.Ordinal).ToArray())
        {
            var taken = City[owed.ToGrid].Arrived.GetValueOrDefault(owed.Case.Id) > owed.Case.Hops;
            if (taken)
                await City.TryAsync(grid, new GridCommand.EndHandover(owed.Case.Id, true));
            else if (_random.Next(4) == 0)
                await City.TryAsync(grid, new GridCommand.EndHandover(owed.Case.Id, false));
            else
                await City.TryAsync(owed.ToGrid, new GridCommand.Arrive(grid, owed));
        }
    }

    private async Task StepAsync(string grid)
    {
        if (City[grid].LastCaseNumber == 0)
            return;
        var known = City[grid].Open.Keys.Append(CaseId.Of(grid, _random.Next(1, City[grid].LastCaseNumber + 1))).Order(StringComparer.Ordinal).ToArray();
        var id = OneOf(known);
        var found = City[grid].Open.GetValueOrDefault(id) ?? await store.Journal.FindCaseAsync(id, default);
        if (found?.Grid != grid)
            return;
        // Whether it is allowed depends on much: some of a few tries are.
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var step = new GridCommand.Step(id, OneOf(Steps), new Actor($"p{_random.Next(3)}", (Role)_random.Next(1, 6)))
            {
                Ended = found.IsOpen ? null : found,
                Note = "note",
                Reason = "reason",
                Severity = _random.Next(3) == 0 ? (Severity)_random.Next(1, 5) : null,
                Assignee = new Assignee((AssigneeKind)_random.Next(1, 3), $"u{_random.Next(3)}"),
                Until = City.Now.AddHours(_random.Next(1, 200)),
                RatingKind = "community",
                Score = 4,
                WhistleKind = OneOf(WhistleKinds),
                Departments = [.. Departments.Take(_random.Next(1, 4))],
                Whistle = found.Whistles.Length,
                Department = OneOf(Departments),
                Muster = (MusterState)_random.Next(2, 7),
                CounterProposal = OneOf(Departments),
            };
            var there = OneOf(Grids);
            if (step.What == CaseStep.Merge && City[there].Open.Values.OrderBy(one => one.Id, StringComparer.Ordinal).LastOrDefault() is { } other && other.Id != id)
                step = step with { Other = other.Id, OtherElsewhere = there == grid ? null : other };
            if (await City.TryAsync(grid, step))
                return;
        }
    }

    private T OneOf<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
