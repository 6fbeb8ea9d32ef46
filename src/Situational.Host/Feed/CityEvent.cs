using Situational.Domain.Cases;

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
    public const string Accepted = "accepted";
    public const string Dispatched = "dispatched";
    public const string Handling = "handling";
    public const string Handled = "handled";
    public const string Verified = "verified";
    public const string Closed = "closed";
    public const string Rejected = "rejected";
    public const string Returned = "returned";
    public const string Rework = "rework";
    public const string Suspended = "suspended";
    public const string Merged = "merged";
    public const string Reopened = "reopened";
    public const string Overdue = "overdue";
    public const string OverdueTwice = "overdue-twice";
    public const string Escalated = "escalated";
    public const string Whistle = "whistle";
    public const string Arrived = "arrived";
    public const string Silent = "silent";
    public const string Heard = "heard";
    public const string Gone = "gone";
    public const string Back = "back";
    public const string Sos = "sos";
    public const string SosAnswered = "sos-answered";

    /// <summary>The kind of an event that takes a case to a stage, or null.</summary>
    public static string? Of(Stage stage) => stage switch
    {
        Stage.Accepted => Accepted,
        Stage.Dispatched => Dispatched,
        Stage.Handling => Handling,
        Stage.Handled => Handled,
        Stage.Verified => Verified,
        Stage.Closed => Closed,
        Stage.Rejected => Rejected,
        Stage.Returned => Returned,
        Stage.Rework => Rework,
        Stage.Suspended => Suspended,
        Stage.Merged => Merged,
        _ => null,
    };
}
