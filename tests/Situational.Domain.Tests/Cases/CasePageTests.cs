using System.Text;
using Situational.Domain.Cases;
using Situational.Domain.Deadlines;
using Situational.Testing;

namespace Situational.Domain.Tests.Cases;

/// <summary>Prints the tables of docs/cases.md.</summary>
public sealed class CasePageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "cases.md");

    private static readonly (Stage Stage, string Zh, string Meaning)[] Stages =
    [
        (Stage.Reported, "上报", "nobody has decided about it yet"),
        (Stage.Accepted, "立案", "waits to be given to someone"),
        (Stage.Dispatched, "派遣", "given to a unit, a squad or a department"),
        (Stage.Handling, "处置", "being handled"),
        (Stage.Handled, "反馈", "the result was handed in and waits to be verified"),
        (Stage.Verified, "核查", "the result was found good"),
        (Stage.Closed, "结案", "ended"),
        (Stage.Rejected, "不予立案", "ended: not accepted, with a reason"),
        (Stage.Returned, "回退", "given back, waits to be dispatched again"),
        (Stage.Rework, "返工", "the result was not good enough, to be handled again"),
        (Stage.Suspended, "缓办", "stands still until a stated time"),
        (Stage.Merged, "并案", "ended: its reports follow another case"),
    ];

    private static readonly (ClockKind Kind, string Zh, string Meaning)[] Clocks =
    [
        (ClockKind.Accept, "立案", "from the report to its acceptance or rejection"),
        (ClockKind.Dispatch, "派遣", "from acceptance or return to dispatch"),
        (ClockKind.Handle, "处置", "from dispatch or rework to the result"),
        (ClockKind.Verify, "核查", "from the result to its verification"),
        (ClockKind.Close, "结案", "the whole case, from report or reopening to its end"),
    ];

    [Fact]
    public void Page_Stages_AreTheStages()
    {
        Assert.Equal(Enum.GetValues<Stage>(), Stages.Select(s => s.Stage));
        Hold("stages", ["stage", "", "meaning", "steps"], Stages.Select(s =>
            new[] { Code(s.Stage), s.Zh, s.Meaning, Joined(CaseSteps.AllowedFrom(s.Stage).Select(Code)) }));
    }

    [Fact]
    public void Page_Steps_AreTheTableOfTransitions() =>
        Hold("steps", ["step", "from", "to", "who", "needs", "takes", "clocks", "condition"], CaseTransitions.Rows.Select(row => new[]
        {
            Code(row.Step), From(row), row.To is { } to ? Code(to) : row.Step == CaseStep.Resume ? "back" : "", Joined(row.Roles.Select(r => Words(r))),
            Joined(row.Needs.Select(Field)), Joined(row.Takes.Select(Field)), ClocksOf(row), row.Only == CaseCondition.None ? "" : Words(row.Only),
        }));

    [Fact]
    public void Page_Conditions_AreExplained() => Hold("conditions", ["condition", "holds when"], Enum.GetValues<CaseCondition>().Where(c => c != CaseCondition.None).Select(condition => new[]
    {
        Words(condition), condition switch
        {
            CaseCondition.PlainSpot => "it was fixed on the spot, is neither marked nor drawn for a re-check, and nobody has judged it",
            CaseCondition.EndedLately => "it ended no longer ago than `reopenWithin`",
            CaseCondition.NotOwnResult => "who acts is not who handed in the result, or is a supervisor",
            CaseCondition.BelowTop => "there is a level above the one that deals with it",
            CaseCondition.Proposed => "a duplicate is proposed",
            CaseCondition.Called => "a department that was called has not ended its muster; a department answers for itself only",
            CaseCondition.WhistlesLeft => $"it has fewer than {Case.MaxWhistles} whistles",
            CaseCondition.RatingsLeft => $"it has fewer than {Case.MaxRatings} ratings",
            CaseCondition.OwnDepartment => "it is not given to another department than the one that acts",
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "Explain it."),
        },
    }));

    [Fact]
    public void Page_Clocks_AreThoseOfTheTable() => Hold("clocks", ["clock", "", "measures", "starts with", "ends with"], Clocks.Select(clock => new[]
    {
        Code(clock.Kind), clock.Zh, clock.Meaning,
        Joined(new[] { CaseTransitions.StartsWithReport.Contains(clock.Kind) ? "report" : "", CaseTransitions.StartsOnTheSpot.Contains(clock.Kind) ? "report of a fix on the spot" : "" }
            .Where(s => s.Length > 0).Concat(CaseTransitions.Rows.Where(r => r.Starts.Contains(clock.Kind)).Select(r => Code(r.Step)))),
        Joined(CaseTransitions.Rows.Where(r => r.Ends.Contains(clock.Kind)).Select(r => Code(r.Step)).Append("the end of the case")),
    }));

    [Fact]
    public void Page_Musters_AreTheTableOfMusters() => Hold("musters", ["state", "from", "needs", "clocks that stop"], MusterTransition.Rows.Select(row => new[]
    {
        Code(row.To), Joined(row.From.Select(Code)), row.Refuses ? "`reason`, `counterProposal`" : "", Joined(row.Ends.Select(Code)),
    }));

    private static string From(CaseTransition row)
    {
        var open = Enum.GetValues<Stage>().Where(s => s.IsOpen()).ToArray();
        var from = row.From.Order().ToArray();
        return from.SequenceEqual(open) ? "any open"
            : from.SequenceEqual(open.Where(s => s != Stage.Reported)) ? "any open but `reported`"
            : Joined(row.From.Select(Code));
    }

    private static string ClocksOf(CaseTransition row)
    {
        var parts = new List<string>();
        if (!row.Ends.IsEmpty)
            parts.Add("ends " + Joined(row.Ends.Select(Code)));
        if (!row.Starts.IsEmpty)
            parts.Add("starts " + Joined(row.Starts.Select(Code)));
        if (row.AllClocks != ClockEffect.None)
            parts.Add($"{Words(row.AllClocks)}s all");
        return string.Join("; ", parts);
    }

    private static string Field(StepField field) => field switch
    {
        StepField.RatingKind or StepField.WhistleKind => "`kind`",
        StepField.Into or StepField.Apart => "`into`",
        StepField.Muster => "`whistle`, `department`, `state`",
        _ => $"`{Words(field)}`",
    };

    private static string Code(CaseStep step) => step == CaseStep.Blow ? "`whistle`" : Code<CaseStep>(step);

    private static string Code<T>(T value)
        where T : struct, Enum => $"`{Words(value)}`";

    private static string Words<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
            text.Append(char.IsAsciiLetterUpper(letter) && text.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        return text.ToString();
    }

    private static string Joined(IEnumerable<string> parts) => string.Join(", ", parts);

    private static void Hold(string name, string[] head, IEnumerable<string[]> rows)
    {
        var printed = string.Concat(rows.Prepend([.. head.Select(_ => "---")]).Prepend(head).Select(row => $"| {string.Join(" | ", row)} |\n"));
        lock (Page)
        {
            var text = File.ReadAllText(Page);
            var mark = $"<!-- {name} -->\n";
            var start = text.IndexOf(mark, StringComparison.Ordinal);
            Assert.True(start >= 0, $"docs/cases.md has no place for {name}.");
            start += mark.Length;
            var end = start;
            while (end < text.Length && text[end] == '|')
                end = text.IndexOf('\n', end) + 1;
            if (Environment.GetEnvironmentVariable("SITUATIONAL_REWRITE") == "1")
                File.WriteAllText(Page, text[..start] + printed + text[end..]);
            else
                Assert.Equal(printed, text[start..end]);
        }
    }
}
