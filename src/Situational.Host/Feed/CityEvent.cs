namespace Situational.Host.Feed;

/// <summary>One line of the wall's ticker.</summary>
/// <param name="AtMs">Milliseconds since 1970.</param>
/// <param name="Kind">One of <see cref="EventKind"/>.</param>
/// <param name="Subject">A case's, grid's or unit's id.</param>
/// <param name="Grid">Ordinal of the grid.</param>
/// <param name="Number">A case's severity, else 0.</param>
internal readonly record struct CityEvent(long AtMs, string Kind, string Subject, int Grid, int Number);

/// <summary>Kinds of events as they stand on the feed.</summary>
internal static class EventKind
{
    public const string Reported = "reported";
    public const string Handling = "handling";
    public const string Closed = "closed";
    public const string Silent = "silent";
    public const string Heard = "heard";
    public const string Gone = "gone";
    public const string Back = "back";
}
