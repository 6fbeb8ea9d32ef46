using System.Net;
using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>
/// Invented hazards and the people who deal with them, through the public API like everyone: reports at a steady rate, and for each case the
/// steps of the loop one after the other. A step that is refused, because somebody else acted meanwhile, is no error: one looks what
/// became of the case and goes on from there, and after a few such refusals in a row leaves it to whoever it is.
/// </summary>
internal sealed class DemoCases
{
    /// <summary>Most steps taken in one tick, so that a long queue does not flood the system.</summary>
    public const int MaxStepsAtOnce = 20;

    /// <summary>Most cases of an earlier run that are taken over.</summary>
    public const int MaxTakenOver = 10_000;

    private const int MaxRefusals = 3;
    private const double SlowShare = 0.03, TakeOverPerSecond = 4;
    private static readonly string[] OpenStages =
        ["reported", "accepted", "dispatched", "handling", "handled", "verified", "returned", "rework", "suspended"];

    private readonly SituationalClient _client;
    private readonly Random _random;
    private readonly DemoReports _reports;
    private readonly DemoScript _script;
    private readonly DemoMusters _musters;
    private readonly double _reportsPerMinute;
    private readonly int _wantedOpen;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, DemoCase> _cases = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(string Case, DemoMove Move), DateTimeOffset> _due = new();
    private int _sent;
    private DateTimeOffset _nextReport;

    /// <summary>Cases of a street.</summary>
    public DemoCases(
        SituationalClient client, DemoStreet street, DemoCatalogue catalogue, IReadOnlyList<Walker> walkers, int seed, double reportsPerMinute, int wantedOpen)
    {
        (_client, _reportsPerMinute, _wantedOpen, _random) = (client, reportsPerMinute, wantedOpen, new Random(seed));
        var patrols = new DemoPatrols(walkers);
        // By Little's law as many are open as come in while one stays; what was fixed on the spot stays for its verification only.
        var stay = wantedOpen / reportsPerMinute * 60;
        var handling = TimeSpan.FromSeconds(Math.Max(30, stay / (1 - DemoReports.SpotShare) - DemoScript.OtherSeconds));
        _reports = new(catalogue, street, patrols, _random);
        _script = new(catalogue, patrols, _random, handling);
        _musters = new(catalogue, patrols, _random);
    }

    /// <summary>Open cases this run deals with.</summary>
    public int Open { get; private set; }

    /// <summary>Takes over the open demo cases of an earlier run, then fills the street up to the wanted number, as if people were at work.</summary>
    public async Task FillAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<CaseAnswer>();
        foreach (var stage in OpenStages)
            for (string? cursor = null; found.Count < MaxTakenOver;)
            {
                var page = (await _client.CasesAsync(stage, cursor, cancellationToken)).Require("reading the open cases");
                found.AddRange(page.Cases.Where(c => c.Source == "demo"));
                if ((cursor = page.Next) is null)
                    break;
            }
        foreach (var one in found)
            TakeOver(one, now + TimeSpan.FromSeconds(_random.NextDouble() * found.Count / TakeOverPerSecond));
        for (var tries = 0; Open < _wantedOpen && tries < 4 * _wantedOpen; tries++)
            if (await SendAsync(_reports.Fresh(now), cancellationToken) is { } opened)
                await AdvanceAsync(Adopt(opened), _random.Next(4), now, cancellationToken);
        _nextReport = now + DemoPause.Of(_random, 60 / _reportsPerMinute);
    }

    /// <summary>Does what is due.</summary>
    public async Task StepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now >= _nextReport)
        {
            _nextReport = now + DemoPause.Of(_random, 60 / _reportsPerMinute);
            if (await SendAsync(_reports.Draw(now, AnyOpen()), cancellationToken) is { } opened && !_cases.ContainsKey(opened.Id))
                Plan(Adopt(opened), now);
        }
        for (var steps = 0; steps < MaxStepsAtOnce && _due.TryPeek(out var next, out var at) && at <= now; steps++)
        {
            _due.Dequeue();
            if (_cases.TryGetValue(next.Case, out var one))
                await DoAsync(one, next.Move, now, cancellationToken);
        }
    }

    private async Task<CaseAnswer?> SendAsync(ReportRequest report, CancellationToken cancellationToken)
    {
        var answer = await _client.PostReportAsync(report, $"demo-{_run}-{++_sent}", cancellationToken);
        if (answer.Body is null && answer.Status != HttpStatusCode.UnprocessableEntity)
            answer.Require("reporting a hazard");
        return answer.Body is { } one && one.Joined != true ? one : null;
    }

    private async Task DoAsync(DemoCase one, DemoMove move, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (move.WaitsForMusters && one.WaitsOnce())
        {
            _due.Enqueue((one.Last.Id, move), now.AddSeconds(20 + _random.Next(20)));
            return;
        }
        var answer = move.Looks
            ? await _client.CaseAsync(one.Last.Id, cancellationToken)
            : await _client.StepAsync(one.Last.Id, move.Step, move.Said, $"demo-{_run}-{++_sent}", cancellationToken);
        var muster = move.Step == "muster";
        if (answer.Body is { } after)
        {
            See(one, after);
            one.Refused = move.Looks ? one.Refused : 0;
            if (muster)
                Continue(one, move.Said.Whistle!.Value, move.Said.Department!, now);
            else if (!move.Rates)
                Plan(one, now);
            else
                Forget(one);
            CallUp(one, now);
            return;
        }
        if ((int)answer.Status >= 500)
            answer.Require("dealing with a case");
        if (muster)
            one.Expected -= one.Expected > 0 ? 1 : 0;
        else if (move.Rates || move.Looks || ++one.Refused > MaxRefusals)
            Forget(one);
        else
            _due.Enqueue((one.Last.Id, DemoMove.Look(default)), now + DemoPause.Of(_random, 15));
    }

    /// <summary>Takes some steps at once, so that a street that was just loaded is at work.</summary>
    private async Task AdvanceAsync(DemoCase one, int steps, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (; steps > 0 && one.IsOpen && _script.Next(one.Last, now, refused: false) is { Looks: false } move; steps--)
        {
            var answer = await _client.StepAsync(one.Last.Id, move.Step, move.Said, $"demo-{_run}-{++_sent}", cancellationToken);
            if (answer.Body is not { } after)
                break;
            See(one, after);
        }
        Plan(one, now);
        CallUp(one, now);
    }

    private DemoCase Adopt(CaseAnswer answer)
    {
        var one = new DemoCase(answer, _random.NextDouble() < SlowShare);
        _cases.Add(answer.Id, one);
        Open++;
        return one;
    }

    private void TakeOver(CaseAnswer answer, DateTimeOffset at)
    {
        if (_cases.ContainsKey(answer.Id))
            return;
        var one = Adopt(answer);
        Plan(one, at);
        CallUp(one, at);
    }

    private void See(DemoCase one, CaseAnswer after)
    {
        var open = one.IsOpen;
        one.Last = after;
        Open += (one.IsOpen ? 1 : 0) - (open ? 1 : 0);
    }

    private void Plan(DemoCase one, DateTimeOffset now)
    {
        if (_script.Next(one.Last, now, one.Refused > 0) is { } move)
            _due.Enqueue((one.Last.Id, move), now + move.After * (move.Looks ? 1 : one.Slowness));
        else
            Forget(one);
    }

    /// <summary>Lets departments answer that were called.</summary>
    private void CallUp(DemoCase one, DateTimeOffset now)
    {
        foreach (var (whistle, muster) in one.NewlyCalled())
            if (_musters.Next(one.Last, whistle, muster) is { } move)
            {
                one.Expected++;
                _due.Enqueue((one.Last.Id, move), now + move.After);
            }
    }

    private void Continue(DemoCase one, int whistle, string department, DateTimeOffset now)
    {
        if (one.IsOpen && one.MusterOf(whistle, department) is var (blown, muster) && _musters.Next(one.Last, blown, muster) is { } move)
            _due.Enqueue((one.Last.Id, move), now + move.After);
        else
            one.Expected -= one.Expected > 0 ? 1 : 0;
    }

    private void Forget(DemoCase one)
    {
        if (_cases.Remove(one.Last.Id) && one.IsOpen)
            Open--;
    }

    private CaseAnswer? AnyOpen()
    {
        if (_cases.Count == 0)
            return null;
        var one = _cases.Values.ElementAt(_random.Next(_cases.Count));
        return one.IsOpen && one.Last.Spot is null ? one.Last : null;
    }
}
