using Situational.Domain.Cases;
using Situational.Domain.Journal;

namespace Situational.Domain.Tests.Cases;

public sealed class HandoverTests
{
    private const string A = Loop.Grid;
    private const string B = "330106001001002";

    [Fact]
    public void Depart_ACase_KeepsItAtHandUntilItIsTaken()
    {
        var town = new Town();
        town.Open(A);
        town.Do(A, Loop.Full(CaseStep.Accept));
        var before = town.Rows[Loop.First];
        var departed = town.Do(A, new GridCommand.Depart(2, [(Loop.First, B)]));
        Assert.Empty(town[A].Open);
        Assert.Equal((HandoverKind.Move, B, 2), (town[A].Outbound[Loop.First].Kind, town[A].Outbound[Loop.First].ToGrid, town[A].Outbound[Loop.First].TerritoryVersion));
        Assert.Equal(before.Revision + 1, Assert.Single(departed.Changed).Revision);
        Assert.Equal(B, Assert.IsType<Decision.Elsewhere>(town.Decide(A, Loop.Full(CaseStep.Dispatch))).Grid);

        var arrived = town.Do(B, town.Offer(A));
        Assert.Equal((B, 2, 1, before.Revision + 2, Stage.Accepted), (arrived.Case!.Grid, arrived.Case.TerritoryVersion, arrived.Case.Hops, arrived.Case.Revision, arrived.Case.Stage));
        Assert.Equal(before.Clocks, arrived.Case.Clocks);
        Assert.Equal(before.ReportedAt, arrived.Case.ReportedAt);
        Assert.IsType<Decision.Nothing>(town.Decide(B, town.Offer(A)));

        var ended = town.Do(A, new GridCommand.EndHandover(Loop.First, true));
        Assert.Equal([(Loop.First, B)], ended.Gone);
        Assert.Empty(ended.Changed);
        Assert.Empty(town[A].Outbound);
        Assert.IsType<Decision.Nothing>(town.Decide(A, new GridCommand.EndHandover(Loop.First, true)));
        Assert.Equal(B, Assert.IsType<Decision.Elsewhere>(town.Decide(A, Loop.Full(CaseStep.Rate) with { Ended = town.Rows[Loop.First] })).Grid);
        town.Do(B, Loop.Full(CaseStep.Dispatch));
        town.AssertHistories();
    }

    [Fact]
    public void Depart_AnOfferThatIsRefused_LeavesTheCaseAsItWas()
    {
        var town = new Town();
        town.Open(A);
        var before = town.Rows[Loop.First];
        town.Do(A, new GridCommand.Depart(2, [(Loop.First, B)]));
        var back = town.Do(A, new GridCommand.EndHandover(Loop.First, false));
        Assert.Empty(back.Gone);
        Assert.Equal((A, Stage.Reported, before.Revision + 2), (back.Case!.Grid, back.Case.Stage, back.Case.Revision));
        Assert.Equal(before.Clocks, back.Case.Clocks);
        town.Do(A, Loop.Full(CaseStep.Accept));
        town.AssertHistories();
    }

    [Fact]
    public void Depart_WhatIsNotHereOrStays_IsPassedOver()
    {
        var town = new Town();
        town.Open(A);
        Assert.IsType<Decision.Nothing>(town.Decide(A, new GridCommand.Depart(2, [(Loop.First, A), (A + "-9", B)])));
    }

    [Fact]
    public void Depart_MoreThanOneAppendTakes_SaysSo()
    {
        var town = new Town();
        for (var i = 0; i < 501; i++)
            town.Open(A);
        var owners = town[A].Open.Keys.Select(id => (id, B)).ToArray();
        var some = town.Do(A, new GridCommand.Depart(2, [.. owners]));
        Assert.Equal((500, true), (some.Events.Length, some.More));
        var rest = town.Do(A, new GridCommand.Depart(2, [.. owners]));
        Assert.Equal((1, false), (rest.Events.Length, rest.More));
        Assert.Equal(501, town[A].Outbound.Count);
    }

    [Fact]
    public void Arrive_BeforeItWasHeardThatTheFirstMoveEnded_EndsItToo()
    {
        var town = new Town();
        town.Open(A);
        town.Do(A, new GridCommand.Depart(2, [(Loop.First, B)]));
        town.Do(B, town.Offer(A));
        town.Do(B, new GridCommand.Depart(3, [(Loop.First, A)]));
        var back = town.Do(A, town.Offer(B));
        Assert.Equal([typeof(HandoverEnded), typeof(CaseArrived)], back.Events.Select(e => e.GetType()));
        Assert.Equal((A, 2), (back.Case!.Grid, back.Case.Hops));
        Assert.Empty(town[A].Outbound);
        Assert.IsType<Decision.Nothing>(town.Decide(A, new GridCommand.EndHandover(Loop.First, true)));
        town.Do(B, new GridCommand.EndHandover(Loop.First, true));
        town.Do(A, Loop.Full(CaseStep.Accept));
        town.AssertHistories();
    }

    [Fact]
    public void Arrive_AnEscalatedCase_KeepsItsLevelUnderTheNewTree()
    {
        var town = new Town();
        town.Open(A);
        town.Do(A, Loop.Full(CaseStep.Escalate));
        town.Do(A, new GridCommand.Depart(2, [(Loop.First, B)]));
        var offer = town.Offer(A);
        var rules = Loop.Rules with { Ancestors = ["330106009001", "330106009", "330106", "3301"] };
        var arrived = Assert.IsType<Decision.Accepted>(GridDecisions.Decide(town[B], offer, town.Now, rules));
        Assert.Equal(("330106009001", 1), (arrived.Case!.EscalatedTo, arrived.Case.Escalations));
        Assert.Equal("330106009", rules.Above(arrived.Case));
    }

    [Fact]
    public void Arrive_InAFullGrid_IsTakenAllTheSame()
    {
        var town = new Town();
        town.Open(A);
        town.Do(A, new GridCommand.Depart(2, [(Loop.First, B)]));
        Assert.IsType<Decision.Accepted>(GridDecisions.Decide(town[B], town.Offer(A), town.Now, Loop.Rules with { MaxOpenCases = 0 }));
        Assert.IsType<Decision.Elsewhere>(GridDecisions.Decide(GridState.Empty("330106001001003"), town.Offer(A), town.Now, Loop.Rules));
    }

    [Fact]
    public void Merge_IntoACaseElsewhere_HandsTheReportsOver()
    {
        var town = new Town();
        var (x, y) = (town.Open(A), town.Open(B));
        town.Do(A, Loop.Full(CaseStep.Merge, id: x) with { Other = y, OtherElsewhere = town.Rows[y] });
        Assert.Equal((Stage.Merged, y), (town.Rows[x].Stage, town.Rows[x].MergedInto));
        var waiting = Assert.IsType<Decision.NotAllowed>(town.Decide(A, Loop.Full(CaseStep.Accept, id: x) with { Ended = town.Rows[x] }));
        Assert.Equal((Stage.Merged, $"It is being merged into {y}."), (waiting.Case.Stage, waiting.Reason));
        var offer = town.Offer(A);
        var joined = town.Do(B, offer);
        Assert.Equal((y, x), (joined.Case!.Id, Assert.Single(joined.Case.Joined).FromCase));
        Assert.Equal(int.MaxValue, town[B].Arrived[x]);
        Assert.IsType<Decision.Nothing>(town.Decide(B, offer));
        // Even when the case that took them has ended since.
        town.Do(B, Loop.Full(CaseStep.Reject, id: y));
        Assert.IsType<Decision.Nothing>(town.Decide(B, offer));
        Assert.Empty(town.Do(A, new GridCommand.EndHandover(x, true)).Gone);
        Assert.IsType<Decision.NotAllowed>(town.Decide(A, Loop.Full(CaseStep.Reopen, id: x) with { Ended = town.Rows[x] }));
        town.AssertHistories();
    }

    [Fact]
    public void Merge_IntoACaseThatEndedMeanwhile_IsTakenBack()
    {
        var town = new Town();
        var (x, y) = (town.Open(A), town.Open(B));
        town.Do(A, Loop.Full(CaseStep.Accept, id: x));
        town.Do(A, Loop.Full(CaseStep.Blow, id: x));
        var before = town.Rows[x];
        town.Do(A, Loop.Full(CaseStep.Merge, id: x) with { Other = y, OtherElsewhere = town.Rows[y] });
        town.Do(B, Loop.Full(CaseStep.Reject, id: y));
        Assert.IsType<Decision.UnknownCase>(town.Decide(B, town.Offer(A)));
        town.Do(A, new GridCommand.EndHandover(x, false));
        var back = town.Rows[x];
        Assert.Equal(Written.Of(before), Written.Of(back with { Revision = before.Revision, UpdatedAt = before.UpdatedAt }));
        Assert.Equal(before.Revision + 2, back.Revision);
        town.AssertHistories();
    }

    [Fact]
    public void Merge_OfTwoCasesIntoEachOtherAtOnce_LosesNeither()
    {
        var town = new Town();
        var (x, y) = (town.Open(A), town.Open(B));
        var (seenX, seenY) = (town.Rows[x], town.Rows[y]);
        town.Do(A, Loop.Full(CaseStep.Merge, id: x) with { Other = y, OtherElsewhere = seenY });
        town.Do(B, Loop.Full(CaseStep.Merge, id: y) with { Other = x, OtherElsewhere = seenX });
        Assert.IsType<Decision.Elsewhere>(town.Decide(B, town.Offer(A)));
        Assert.IsType<Decision.Elsewhere>(town.Decide(A, town.Offer(B)));
        town.Do(A, new GridCommand.EndHandover(x, false));
        town.Do(B, new GridCommand.EndHandover(y, false));
        Assert.True(town.Rows[x].IsOpen && town.Rows[y].IsOpen);
        town.AssertHistories();
    }

    /// <summary>
    /// Two grids, a territory that changes its mind, merges, steps, and calls that break off anywhere: before the other side wrote, after it, or
    /// before its answer was written down.
    /// </summary>
    [Fact]
    public void Handover_BrokenOffAnywhere_LeavesEachReportInExactlyOneCase()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var town = new Town();
            for (var i = 0; i < 40; i++)
            {
                town.Now = town.Now.AddMinutes(random.Next(8) == 0 ? -30 : 1);
                var (here, there) = random.Next(2) == 0 ? (A, B) : (B, A);
                var open = town[here].Open.Keys.Order(StringComparer.Ordinal).ToArray();
                var id = open.Length == 0 ? null : open[random.Next(open.Length)];
                switch (random.Next(6))
                {
                    case 0:
                        town.Open(here);
                        break;
                    case 1 when id is not null:
                        town.Try(here, new GridCommand.Depart(i + 2, [(id, there)]));
                        break;
                    case 2 when id is not null && town[there].Open.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } other:
                        town.Try(here, Loop.Full(CaseStep.Merge, id: id) with { Other = other, OtherElsewhere = town[there].Open[other] });
                        break;
                    case 3 when id is not null:
                        town.Try(here, Loop.Full(random.Next(2) == 0 ? CaseStep.Accept : CaseStep.Reject, id: id));
                        break;
                    default:
                        town.OfferAll(here, random);
                        break;
                }
                town.AssertOneOwner();
            }
            while (town[A].Outbound.Count + town[B].Outbound.Count > 0)
            {
                town.OfferAll(A, random);
                town.OfferAll(B, random);
                town.AssertOneOwner();
            }
            town.AssertNothingLost();
            town.AssertHistories();
        }
    }

    [Fact]
    public void Arrived_OfAGrid_IsBounded()
    {
        var state = GridState.Empty(B);
        var moved = new Town();
        var one = moved.Rows[moved.Open(A)] with { Grid = B, Hops = 1 };
        for (var i = 0; i <= GridState.MaxArrived; i++)
        {
            var id = $"{A}-{i + 1}";
            state = GridFold.Apply(state, new CaseArrived(moved.Now, id, A, 2, one with { Id = id }));
            if (i % 2 == 0)
                state = GridFold.Apply(state, new CaseStepped(moved.Now, id, CaseStep.Reject, Stage.Rejected, Loop.Officer));
        }
        Assert.Equal(GridState.MaxArrived + 1 - GridState.MaxArrived / 4, state.Arrived.Count);
        Assert.All(state.Open.Keys, id => Assert.True(state.Arrived.ContainsKey(id)));
    }

    /// <summary>Grids with journals in memory.</summary>
    private sealed class Town
    {
        private readonly Dictionary<string, GridState> _grids = [];
        private readonly List<CaseHappening> _journal = [];
        private readonly List<string> _reports = [];

        public DateTimeOffset Now { get; set; } = Reports.Noon;

        public Dictionary<string, Case> Rows { get; } = [];

        public GridState this[string grid] => _grids.GetValueOrDefault(grid) ?? GridState.Empty(grid);

        public string Open(string grid)
        {
            _reports.Add($"report {_reports.Count}");
            return Do(grid, new GridCommand.Open(Loop.Report(_reports.Count * 1_000, text: _reports[^1]), 1, Loop.Reporter)).Case!.Id;
        }

        public Decision Decide(string grid, GridCommand command) =>
            GridDecisions.Decide(this[grid], command, Now, Loop.Rules with { MaxOpenCases = 1_000 });

        public Decision.Accepted Do(string grid, GridCommand command) => Assert.IsType<Decision.Accepted>(Try(grid, command));

        public Decision Try(string grid, GridCommand command)
        {
            var decision = Decide(grid, command);
            if (decision is not Decision.Accepted accepted)
                return decision;
            var state = this[grid];
            // Now and then a grid crashes: what it knows then is what it wrote.
            _grids[grid] = _journal.Count % 10 == 0
                ? Written.Again(GridFold.Apply(state, [.. accepted.Events.Select(e => Written.Event(Written.Of(e)))]))
                : accepted.After;
            for (var i = 0; i < accepted.Events.Length; i++)
                _journal.Add(new CaseHappening(grid, state.Version + 1 + i, accepted.Events[i]));
            foreach (var row in accepted.Changed)
                Rows[row.Id] = row;
            return decision;
        }

        public GridCommand.Arrive Offer(string from) => new(from, Assert.Single(this[from].Outbound).Value);

        public void OfferAll(string from, Random random)
        {
            foreach (var (id, handover) in this[from].Outbound)
            {
                if (random.Next(4) == 0)
                    continue; // the call never reached the other grid
                var answer = Try(handover.ToGrid, new GridCommand.Arrive(from, handover));
                if (random.Next(4) == 0)
                    Try(handover.ToGrid, new GridCommand.Arrive(from, handover)); // it reached it twice
                if (random.Next(4) == 0)
                    continue; // its answer was lost
                Try(from, new GridCommand.EndHandover(id, answer is Decision.Accepted or Decision.Nothing));
            }
        }

        public void AssertOneOwner()
        {
            foreach (var id in Rows.Keys)
            {
                var open = _grids.Values.Count(g => g.Open.ContainsKey(id));
                Assert.InRange(open, 0, 1);
                if (open == 0 && Rows[id].IsOpen)
                    Assert.Contains(_grids.Values, g => g.Outbound.ContainsKey(id));
            }
        }

        public void AssertNothingLost()
        {
            var kept = new List<string>();
            foreach (var row in Rows.Values)
            {
                Assert.Equal(row.IsOpen, this[row.Grid].Open.ContainsKey(row.Id));
                if (row.Stage == Stage.Merged)
                    continue;
                kept.Add(row.Report.Description);
                kept.AddRange(row.Joined.Select(j => j.Report.Description));
            }
            Assert.Equal(_reports.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        }

        /// <summary>Every grid's and every case's history folds to what is there, in whatever order the events come.</summary>
        public void AssertHistories()
        {
            foreach (var (grid, state) in _grids)
                Assert.Equal(Written.Of(state), Written.Of(GridFold.Apply(GridState.Empty(grid), [.. _journal.Where(h => h.Grid == grid).Select(h => h.Event)])));
            foreach (var (id, row) in Rows)
            {
                var history = _journal.Where(h => CaseFold.CaseIdOf(h.Event) == id).ToList();
                Assert.Equal(Written.Of(row), Written.Of(CaseHistory.Fold(history)!));
                if (row.Hops == 0)
                    continue;
                history.Reverse();
                Assert.Equal(row.Revision, CaseHistory.Fold(history)!.Revision);
            }
        }
    }
}
