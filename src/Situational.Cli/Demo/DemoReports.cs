using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>
/// Invented reports: most are new hazards beside a road, some were found and fixed by a unit on patrol, some are the same hazard seen
/// by somebody else, and now and then somebody sends the same twice.
/// </summary>
/// <param name="catalogue">The city's catalogue.</param>
/// <param name="street">The street.</param>
/// <param name="patrols">The units on patrol.</param>
/// <param name="random">Draws.</param>
internal sealed class DemoReports(DemoCatalogue catalogue, DemoStreet street, DemoPatrols patrols, Random random)
{
    /// <summary>Share of the reports that were fixed on the spot.</summary>
    public const double SpotShare = 0.3;

    private const int Phones = 200;
    private ReportRequest? _last;
    private DateTimeOffset _lastAt;

    /// <summary>A report of any kind.</summary>
    /// <param name="now">The time.</param>
    /// <param name="open">An open case that may be seen by somebody else, if there is one.</param>
    public ReportRequest Draw(DateTimeOffset now, CaseAnswer? open)
    {
        var draw = random.NextDouble();
        if (draw < 0.02 && _last is { } last && now - _lastAt < TimeSpan.FromMinutes(5))
            return last;
        if (draw < 0.1 && open is not null && catalogue.Find(open.Category) is { } seen)
            return Remember(Report(seen, Near(new(open.Lat, open.Lon), seen.MergeMeters / 4)), now);
        if (draw < 0.1 + SpotShare && patrols.Any(random) is var (unit, at))
            return FixedOnTheSpot(unit, at, now);
        return Fresh(now);
    }

    /// <summary>A new hazard beside a road; where that is off the street, it is refused and another one is made.</summary>
    public ReportRequest Fresh(DateTimeOffset now)
    {
        var from = random.Next(DemoStreet.Crossings);
        var neighbours = DemoStreet.Neighbours(from);
        var road = street.Road(from, neighbours[random.Next(neighbours.Count)]);
        return Remember(Report(catalogue.Draw(random), Near(road[1 + random.Next(road.Count - 2)], 60)), now);
    }

    private ReportRequest FixedOnTheSpot(string unit, GeoPoint at, DateTimeOffset now)
    {
        DemoKind kind;
        do kind = catalogue.Draw(random); while (kind.Hazard.Severity is "red" or "orange" && random.NextDouble() < 0.9);
        // One in twenty says too little time or is too far away: it is marked, and somebody looks.
        var odd = random.NextDouble() < 0.05;
        var took = odd ? kind.Fastest / 3 : kind.Fastest * 1.1 + TimeSpan.FromSeconds(random.Next(300));
        var place = Near(at, odd && random.NextDouble() < 0.5 ? 400 : 8);
        return Report(kind, place) with
        {
            Device = null,
            Spot = new SpotRequest(unit, DemoPeople.Say(random, "当场清理完毕", "当场整改到位", "现场劝导，已恢复通行"), FoundAt: now - took, FixedAt: now),
        };
    }

    private ReportRequest Report(DemoKind kind, GeoPoint place) => new(
        kind.Hazard.Category, kind.Hazard.Severity, DemoPeople.Say(random, kind.Hazard.Texts), new PlaceRequest(place.Latitude, place.Longitude), "demo",
        Device: $"demo-phone-{random.Next(Phones)}");

    private ReportRequest Remember(ReportRequest report, DateTimeOffset now)
    {
        (_last, _lastAt) = (report, now);
        return report;
    }

    private GeoPoint Near(GeoPoint place, double meters) =>
        DemoStreet.Move(place, DemoStreet.Spread(random, meters), DemoStreet.Spread(random, meters)).Rounded();
}
