using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Host.Feed;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary>Lists of cases that are named: by their ids, or by whom they are given to. Each is read as it stands.</summary>
internal sealed class NamedCases(IJournal journal, ILiveCity city)
{
    /// <summary>Names of the parameters, of which a request has one at most.</summary>
    public const string Ids = "ids", Assignee = "assignee";

    /// <summary>Most cases of a list.</summary>
    public const int Most = 100;

    /// <summary>Cases that are read at the same time.</summary>
    private const int AtOnce = 8;

    /// <summary>Whether a request asks for named cases.</summary>
    public static bool IsAskedBy(IQueryCollection query) => query.ContainsKey(Ids) || query.ContainsKey(Assignee);

    /// <summary>Answers such a request.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var query = context.Request.Query;
        var fields = new QueryFields(query, errors);
        var ids = query.ContainsKey(Ids) ? ReadIds(fields, errors) : null;
        var assignee = ids is null && errors.Count == 0 ? ReadAssignee(fields, errors) : null;
        var limit = ids is null ? fields.Whole("limit", 1, Most) ?? Most : Most;
        foreach (var other in query.Keys)
            if (other is not (Ids or Assignee or "limit") || (ids is not null && other != Ids))
                errors.TryAdd(other, [$"Must be left out with {(query.ContainsKey(Ids) ? Ids : Assignee)}."]);
        if (errors.Count > 0)
            return Problems.Fields(StatusCodes.Status400BadRequest, errors);
        var named = ids ?? [.. city.CasesOf(new HashSet<string>(StringComparer.Ordinal) { assignee! }, limit).Select(row => row.Id)];
        var cases = await ReadAsync(named, context.RequestAborted);
        // the picture may be a moment behind what the journal has
        return TypedResults.Ok(new CasesAnswer(
            [.. cases.Where(c => assignee is null || (c.Stage.IsOpen() && c.Assignee is { } given && TextOf(given) == assignee)).Select(CaseAnswers.Of)],
            Next: null));
    }

    private async Task<List<Case>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var cases = new List<Case>(ids.Count);
        for (var first = 0; first < ids.Count; first += AtOnce)
            foreach (var found in await Task.WhenAll(ids.Skip(first).Take(AtOnce).Select(id => journal.FindCaseAsync(id, cancellationToken))))
                if (found is not null)
                    cases.Add(found);
        return cases;
    }

    private static string[]? ReadIds(QueryFields fields, Dictionary<string, string[]> errors)
    {
        // an id of its own length each, and commas between
        var ids = fields.Text(Ids, Most * (StepReader.MaxCaseId + 1))?.Split(',');
        if (ids is null)
            return null;
        var distinct = ids.Distinct(StringComparer.Ordinal).ToArray();
        if (ids.Length <= Most && distinct.All(id => id.Length is > 0 and <= StepReader.MaxCaseId))
            return distinct;
        errors[Ids] = [$"Must be 1 to {Most} ids of cases of 1 to {StepReader.MaxCaseId} characters, with commas between."];
        return null;
    }

    private static string? ReadAssignee(QueryFields fields, Dictionary<string, string[]> errors)
    {
        if (fields.Text(Assignee) is not { } text)
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text.Length - colon - 1 is > 0 and <= ActorFields.MaxId && CaseNames.TryParseAssignee(text[..colon], out _))
            return text;
        errors[Assignee] =
            [$"Must be {string.Join(", ", CaseNames.Assignees.Select(a => a + ":"))} and an id of 1 to {ActorFields.MaxId} characters, such as unit:w-017."];
        return null;
    }

    private static string TextOf(Assignee given) => $"{CaseNames.Of(given.Kind)}:{given.Id}";
}
