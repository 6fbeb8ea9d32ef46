using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>
/// What the invented officers, workers and departments do with a case: drawn from its stage as it stands, so that it goes on from wherever an
/// earlier run, or a person, left it.
/// </summary>
/// <param name="catalogue">The city's catalogue.</param>
/// <param name="patrols">The units on patrol.</param>
/// <param name="random">Draws.</param>
/// <param name="handling">How long handling takes on average.</param>
internal sealed class DemoScript(DemoCatalogue catalogue, DemoPatrols patrols, Random random, TimeSpan handling)
{
    private const double NearMeters = 90;

    /// <summary>Mean seconds of the stages other than handling, from the report to closing.</summary>
    public const double OtherSeconds = AcceptSeconds + DispatchSeconds + StartSeconds + VerifySeconds + CloseSeconds;

    private const double AcceptSeconds = 110, DispatchSeconds = 80, StartSeconds = 100, VerifySeconds = 110, CloseSeconds = 30;

    /// <summary>What happens next; null when nothing does.</summary>
    /// <param name="one">The case.</param>
    /// <param name="now">The time.</param>
    /// <param name="refused">Whether the last step was refused: then the plain way is taken.</param>
    public DemoMove? Next(CaseAnswer one, DateTimeOffset now, bool refused) => one.Stage switch
    {
        "reported" => Judge(one, refused),
        "accepted" or "returned" => Give(one, now),
        "dispatched" => Begin(one, now),
        "rework" => Move("start", new(DemoPeople.Handler(one, random), Say("重新处置")), StartSeconds),
        "handling" => Handle(one, now),
        "handled" => Check(one),
        "verified" => Move("close", new(DemoPeople.Officer(random), Say("核查通过，结案")), CloseSeconds),
        "suspended" => Resume(one, now),
        "closed" => Rate(one),
        _ => null,
    };

    private DemoMove Judge(CaseAnswer one, bool refused)
    {
        var officer = DemoPeople.Officer(random);
        // what it looked like may have been closed meanwhile; then it is no duplicate any more
        if (one.Proposals.Count > 0 && !refused)
            return Chance(0.8)
                ? Move("merge", new(officer, Say("与在办案件重复，并案处理"), Into: one.Proposals[0]), AcceptSeconds)
                : Move("keep-apart", new(officer, Say("位置不同，分别处理"), Into: one.Proposals[0]), AcceptSeconds);
        return Chance(0.05)
            ? Move("reject", new(officer, Reason: Say("现场复核未发现问题", "不属于本街道职责范围")), AcceptSeconds)
            : Move("accept", new(officer, Say("情况属实，予以立案")), AcceptSeconds * (one.Severity == "red" ? 0.4 : 1));
    }

    private DemoMove Give(CaseAnswer one, DateTimeOffset now)
    {
        var officer = DemoPeople.Officer(random);
        var kind = catalogue.Find(one.Category);
        if (one.Whistles.Count == 0 && Whistle(one, kind) is { } whistle && kind is not null)
            return Move("whistle", new(officer, Say("请到场联合处置"), Kind: whistle, Departments: [.. kind.Departments.Take(3)]), DispatchSeconds / 2);
        if (Chance(0.02))
            return Suspend(now, "需等待权属单位确认", DispatchSeconds);
        var unit = patrols.Nearest(one);
        var assignee = unit is not null && (kind is null || Chance(0.6))
            // now and then the lead is to say who goes
            ? Chance(0.2) && patrols.NearestSquad(one) is { } squad ? new AssigneeRequest("squad", squad) : new AssigneeRequest("unit", unit)
            : kind is not null ? new AssigneeRequest("department", kind.Departments[0])
            : null;
        return assignee is null
            ? DemoMove.Look(TimeSpan.FromMinutes(1))
            : Move("dispatch", new(officer, Say("请尽快处置"), Assignee: assignee), DispatchSeconds);
    }

    /// <summary>The whistle that is blown: nearly always at what is grave, now and then at what needs several departments.</summary>
    private string? Whistle(CaseAnswer one, DemoKind? kind) => one.Severity switch
    {
        "red" when Chance(0.9) => catalogue.EmergencyWhistle,
        "orange" when Chance(0.35) => catalogue.EmergencyWhistle,
        "yellow" when kind?.Departments.Count > 1 && Chance(0.04) => catalogue.PlainWhistle,
        _ => null,
    };

    private DemoMove Begin(CaseAnswer one, DateTimeOffset now)
    {
        var handler = DemoPeople.Handler(one, random);
        if (one.EscalatedTo is null && Chance(0.01))
            return Move("escalate", new(DemoPeople.Officer(random), Reason: Say("需上级协调")), StartSeconds);
        if (Chance(0.02))
            return Suspend(now, "涉及施工交叉，暂缓处置", StartSeconds);
        return Chance(0.04)
            ? Move("return", new(handler, Reason: Say("位置不在本单位责任范围", "需其他专业队伍处置")), StartSeconds)
            : Move("start", new(handler, Say("已到现场，开始处置")), StartSeconds);
    }

    private DemoMove Handle(CaseAnswer one, DateTimeOffset now)
    {
        if (Chance(0.03))
            return Suspend(now, "等待材料进场", handling.TotalSeconds / 3);
        var fastest = catalogue.Find(one.Category)?.Fastest ?? TimeSpan.Zero;
        // What is done faster than it can be is marked; so some of the time is always taken, as far as the wanted number of open cases leaves it.
        var least = Math.Min(fastest.TotalSeconds * 1.05, handling.TotalSeconds * 0.7);
        var unit = one.Assignee is { Kind: "unit" } given && (patrols.Meters(given.Id, one) < NearMeters || Chance(0.15)) ? given.Id : null;
        var move = Move("hand-in", new(DemoPeople.Handler(one, random), Say("已清理完毕，现场恢复", "已修复并设置警示", "已劝离并教育当事人"), Unit: unit),
            handling.TotalSeconds - least);
        return move with { After = move.After + TimeSpan.FromSeconds(least) };
    }

    private DemoMove Check(CaseAnswer one)
    {
        var officer = DemoPeople.Officer(random);
        if (one.Spot is { Verified: null, Recheck: false } && one.Marks.Count == 0 && Chance(0.08))
            return Move("close", new(officer, Say("即查即办，直接结案")), VerifySeconds);
        return Chance(one.Marks.Count > 0 ? 0.3 : 0.05)
            ? Move("rework", new(officer, Reason: Say("现场仍有残留", "照片与位置不符，请重新处置")), VerifySeconds)
            : Move("verify", new(Chance(0.2) ? DemoPeople.Supervisor : officer, Say("现场核查合格")), VerifySeconds);
    }

    private DemoMove Suspend(DateTimeOffset now, string reason, double seconds) => Move(
        "suspend", new(DemoPeople.Officer(random), Reason: Say(reason), Until: now.AddSeconds(seconds * 8).AddMinutes(3 + random.Next(8))), seconds);

    private DemoMove Resume(CaseAnswer one, DateTimeOffset now) => one.SuspendedUntil is { } until && until > now
        // it resumes by itself; if it has not, somebody does it
        ? DemoMove.Look(until - now + TimeSpan.FromSeconds(10))
        : Move("resume", new(DemoPeople.Officer(random), Say("条件具备，恢复处置")), CloseSeconds);

    private DemoMove? Rate(CaseAnswer one)
    {
        if (catalogue.RatingKinds.Count == 0 || one.Ratings.Count > 0 || !Chance(0.4))
            return null;
        var kind = catalogue.RatingKinds[random.Next(catalogue.RatingKinds.Count)];
        return Move("rate", new(DemoPeople.Rater(kind, one), Say("评价"), Kind: kind, Score: Chance(0.8) ? 5 : 3 + random.Next(2)), CloseSeconds);
    }

    private DemoMove Move(string step, CaseStepRequest said, double meanSeconds) => new(step, said, DemoPause.Of(random, meanSeconds));

    private string Say(params ReadOnlySpan<string> texts) => DemoPeople.Say(random, texts);

    private bool Chance(double share) => random.NextDouble() < share;
}
