namespace Situational.Contracts.Http;

/// <summary>
/// Body of <c>POST /api/v1/alerts/acknowledge</c>. An alert's id follows from the picture: <c>red:{case}</c>, <c>overdue:{case}:{level}:{ms}</c>
/// (2 or 3, and when it was due), <c>sos:{unit}:{ms}</c> (when it called) and <c>silent:{grid}:{ms}</c> (when it was last heard; of a grid that
/// was never heard the beginning of the eight hours of UTC it is now, so that its alert comes back with the next).
/// Only an alert that the picture has now can be acknowledged, or one that was before.
/// </summary>
/// <param name="Alerts">Ids of 1 to 200 alerts. Required.</param>
public sealed record AcknowledgeRequest(IReadOnlyList<string> Alerts);

/// <summary>Answer of <c>POST /api/v1/alerts/acknowledge</c> and <c>GET /api/v1/alerts/acknowledged</c>.</summary>
/// <param name="Acknowledged">Oldest first.</param>
/// <param name="AsOf">Pass as <c>since</c> to get what came later.</param>
public sealed record AcknowledgedAnswer(IReadOnlyList<AcknowledgementAnswer> Acknowledged, DateTimeOffset AsOf);

/// <summary>An alert that someone has seen.</summary>
/// <param name="Alert">Its id.</param>
/// <param name="By">Id of who acknowledged it first.</param>
/// <param name="At">When.</param>
public sealed record AcknowledgementAnswer(string Alert, string By, DateTimeOffset At);
