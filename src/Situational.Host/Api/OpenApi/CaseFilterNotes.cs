namespace Situational.Host.Api.OpenApi;

/// <summary>The parameters by which lists and exports of cases are narrowed.</summary>
internal static class CaseFilterNotes
{
    /// <summary>Adds them.</summary>
    public static RouteHandlerBuilder WithCaseFilter(this RouteHandlerBuilder endpoint) => endpoint
        .WithQuery("area", "Code of an area of the territory in force.", "110000")
        .WithQuery("stage", "One or more stages, with commas between: " + string.Join(", ", CaseNames.Stages) + ".", "dispatched,handling")
        .WithQuery("severity", "The severity that counts.", "red", CaseNames.Severities)
        .WithQuery("category", "Code of a category.", "road-collapse")
        .WithQuery("dueFrom", "RFC 3339: only cases whose next deadline is at or after this time.", "2026-11-23T00:00:00+08:00")
        .WithQuery("dueBefore", "RFC 3339: only cases whose next deadline is before this time.", "2026-11-24T00:00:00+08:00")
        .WithQuery("level", "Only cases of which a deadline is at least so far gone.", "overdue", CaseNames.Levels)
        .WithQuery("text", "Only cases whose id or description contains this, 1 to 100 characters.", "塌陷");
}
