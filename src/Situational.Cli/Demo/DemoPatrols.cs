using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>The units on patrol, as those who send them know them: by their last fixes.</summary>
internal sealed class DemoPatrols(IReadOnlyList<Walker> walkers)
{
    /// <summary>Id of the unit nearest to a case; null when none is heard.</summary>
    public string? Nearest(CaseAnswer one) => NearestWalker(one)?.Id;

    /// <summary>The squad of that unit.</summary>
    public string? NearestSquad(CaseAnswer one) => NearestWalker(one)?.Squad;

    /// <summary>Metres between a unit and a case; infinite when the unit is not heard.</summary>
    public double Meters(string unit, CaseAnswer one)
    {
        foreach (var walker in walkers)
            if (walker.Id == unit && walker.Heard is { } heard)
                return DemoStreet.Meters(heard, new GeoPoint(one.Lat, one.Lon));
        return double.PositiveInfinity;
    }

    /// <summary>Any unit that is heard, and where; null when none is.</summary>
    public (string Unit, GeoPoint At)? Any(Random random)
    {
        var first = walkers.Count == 0 ? 0 : random.Next(walkers.Count);
        for (var i = 0; i < walkers.Count; i++)
            if (walkers[(first + i) % walkers.Count] is { Heard: { } heard } walker)
                return (walker.Id, heard);
        return null;
    }

    private Walker? NearestWalker(CaseAnswer one)
    {
        var place = new GeoPoint(one.Lat, one.Lon);
        return walkers.Where(w => w.Heard is not null).MinBy(w => DemoStreet.Meters(w.Heard!.Value, place));
    }
}
