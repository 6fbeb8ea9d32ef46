using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>Invented hazards and the people who deal with them: reports at a steady rate, cases started and closed after a while.</summary>
internal sealed class DemoCases(SituationalClient client, DemoStreet street, int seed, double reportsPerMinute, int wantedOpen)
{
    private readonly Random _random = new(seed);
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly PriorityQueue<(string Case, string Action), DateTimeOffset> _due = new();
    private int _reports;
    private DateTimeOffset _nextReport;

    /// <summary>Open cases this run knows of.</summary>
    public int Open { get; private set; }

    /// <summary>Takes over the open demo cases of an earlier run, then fills the street up to the wanted number.</summary>
    public async Task FillAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var stage in new[] { "reported", "handling" })
            for (string? cursor = null; ;)
            {
                var page = (await client.CasesAsync(stage, cursor, cancellationToken)).Require("reading the open cases");
                foreach (var one in page.Cases.Where(c => c.Source == "demo"))
                    Adopt(one, now);
                if ((cursor = page.Next) is null)
                    break;
            }
        for (var tries = 0; Open < wantedOpen && tries < 4 * wantedOpen; tries++)
            await ReportAsync(now, cancellationToken);
        _nextReport = now + Pause(60 / reportsPerMinute);
    }

    /// <summary>Does what is due.</summary>
    public async Task StepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now >= _nextReport)
        {
            await ReportAsync(now, cancellationToken);
            _nextReport = now + Pause(60 / reportsPerMinute);
        }
        while (_due.TryPeek(out var next, out var at) && at <= now)
        {
            _due.Dequeue();
            var answer = await client.ActAsync(next.Case, next.Action, null, cancellationToken);
            if (next.Action == "start" && answer.Body is not null)
                _due.Enqueue((next.Case, "close"), now + HandlingTime());
            else
                Open--; // closed, or somebody else dealt with it
        }
    }

    private async Task ReportAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hazard = Hazard.Draw(_random);
        var from = _random.Next(DemoStreet.Crossings);
        var neighbours = DemoStreet.Neighbours(from);
        var road = street.Road(from, neighbours[_random.Next(neighbours.Count)]);
        // Beside a road; where that is off the street, the report is refused and another one is made.
        var place = DemoStreet.Move(road[1 + _random.Next(road.Count - 2)], DemoStreet.Spread(_random, 60), DemoStreet.Spread(_random, 60)).Rounded();
        var answer = await client.PostReportAsync(
            new ReportRequest(hazard.Category, hazard.Severity, hazard.Texts[_random.Next(hazard.Texts.Length)] + "（演示）",
                new PlaceRequest(place.Latitude, place.Longitude), "demo"),
            $"demo-{_run}-{++_reports}", cancellationToken);
        if (answer.Body is { } opened)
            Adopt(opened, now);
        else if (answer.Status != System.Net.HttpStatusCode.UnprocessableEntity)
            answer.Require("reporting a hazard");
    }

    private void Adopt(CaseAnswer one, DateTimeOffset now)
    {
        Open++;
        if (one.Stage == "reported")
            _due.Enqueue((one.Id, "start"), now + Pause(150));
        else
            _due.Enqueue((one.Id, "close"), now + HandlingTime());
    }

    /// <summary>So long that, at the steady rate, about the wanted number of cases is open.</summary>
    private TimeSpan HandlingTime() => Pause(Math.Max(30, wantedOpen / reportsPerMinute * 60 - 150));

    private TimeSpan Pause(double meanSeconds) => TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) * meanSeconds);
}
