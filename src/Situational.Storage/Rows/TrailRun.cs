using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>Points of one unit and slot among those that are saved together.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Slot">The slot.</param>
/// <param name="From">Where they begin.</param>
/// <param name="To">Where they end, exclusive.</param>
internal readonly record struct TrailRun(string Unit, long Slot, int From, int To)
{
    /// <summary>Sorts points by slot, unit and time, what was given later behind, and says where each run is.</summary>
    public static IReadOnlyList<TrailRun> Of(TrailPoint[] points)
    {
        var places = new Place[points.Length];
        for (var i = 0; i < points.Length; i++)
            places[i] = new Place(points[i].Unit, TrailPiece.SlotOf(points[i].At), points[i].At, i);
        Array.Sort(places, points, Order.Instance);
        var runs = new List<TrailRun>();
        for (int from = 0, to; from < points.Length; from = to)
        {
            for (to = from + 1; to < points.Length && places[to].Slot == places[from].Slot && places[to].Unit == places[from].Unit;)
                to++;
            runs.Add(new TrailRun(places[from].Unit, places[from].Slot, from, to));
        }
        return runs;
    }

    private readonly record struct Place(string Unit, long Slot, DateTimeOffset At, int Number);

    private sealed class Order : IComparer<Place>
    {
        public static readonly Order Instance = new();

        public int Compare(Place x, Place y) =>
            x.Slot != y.Slot ? x.Slot.CompareTo(y.Slot)
            : string.CompareOrdinal(x.Unit, y.Unit) is var names and not 0 ? names
            : x.At != y.At ? x.At.CompareTo(y.At)
            : x.Number.CompareTo(y.Number);
    }
}
