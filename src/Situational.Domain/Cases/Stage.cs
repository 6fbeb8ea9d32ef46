namespace Situational.Domain.Cases;

/// <summary>Stage of a case (环节). The numbers stand on the feed and in the journal and are never reused.</summary>
public enum Stage
{
    /// <summary>上报: reported, nobody has decided about it yet.</summary>
    Reported = 1,

    /// <summary>立案: accepted, waits to be given to someone.</summary>
    Accepted = 2,

    /// <summary>派遣: given to a unit, a squad or a department.</summary>
    Dispatched = 3,

    /// <summary>处置: being handled.</summary>
    Handling = 4,

    /// <summary>反馈: the result was handed in and waits to be verified.</summary>
    Handled = 5,

    /// <summary>核查: the result was verified.</summary>
    Verified = 6,

    /// <summary>结案: closed. Ended; may be reopened for a while.</summary>
    Closed = 7,

    /// <summary>不予立案: not accepted, with a reason. Ended; may be reopened for a while.</summary>
    Rejected = 8,

    /// <summary>回退: given back by whom it was dispatched to; waits to be dispatched again.</summary>
    Returned = 9,

    /// <summary>返工: the result was not good enough; to be handled again.</summary>
    Rework = 10,

    /// <summary>缓办: suspended until a stated time; its clock stands still.</summary>
    Suspended = 11,

    /// <summary>并案: its reports follow another case. Ended.</summary>
    Merged = 12,
}
