namespace Situational.Domain.Cases;

/// <summary>Stage of a case (环节). The numbers stand on the feed and in the journal and are never reused.</summary>
public enum Stage
{
    /// <summary>上报: reported, nobody handles it yet.</summary>
    Reported = 1,

    /// <summary>处置: being handled.</summary>
    Handling = 4,

    /// <summary>结案: closed.</summary>
    Closed = 7,
}
