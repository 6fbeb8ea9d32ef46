using Situational.Domain.Cases;
using Situational.Domain.Deadlines;

namespace Situational.Host.Api;

/// <summary>How the domain's words are written on the API: in kebab case.</summary>
internal static class CaseNames
{
    private static readonly (CaseStep Step, string Name)[] StepNames =
    [
        (CaseStep.Accept, "accept"), (CaseStep.Reject, "reject"), (CaseStep.Dispatch, "dispatch"), (CaseStep.Return, "return"),
        (CaseStep.Start, "start"), (CaseStep.HandIn, "hand-in"), (CaseStep.Verify, "verify"), (CaseStep.Rework, "rework"),
        (CaseStep.Close, "close"), (CaseStep.Suspend, "suspend"), (CaseStep.Resume, "resume"), (CaseStep.Reopen, "reopen"),
        (CaseStep.Rate, "rate"), (CaseStep.Merge, "merge"), (CaseStep.KeepApart, "keep-apart"), (CaseStep.Escalate, "escalate"),
        (CaseStep.Blow, "whistle"), (CaseStep.Muster, "muster"),
    ];

    /// <summary>Names of the severities, most severe first.</summary>
    public static readonly string[] Severities = ["red", "orange", "yellow", "blue"];

    /// <summary>Names of the stages.</summary>
    public static readonly string[] Stages =
    [
        "reported", "accepted", "dispatched", "handling", "handled", "verified", "closed", "rejected", "returned", "rework", "suspended", "merged",
    ];

    /// <summary>Names of the levels of a deadline.</summary>
    public static readonly string[] Levels = ["none", "approaching", "overdue", "overdue-twice"];

    /// <summary>Names of what an assignee can be.</summary>
    public static readonly string[] Assignees = ["unit", "squad", "department"];

    /// <summary>Names of the muster states that a department can say.</summary>
    public static readonly string[] Musters = ["acknowledged", "en-route", "arrived", "done", "refused"];

    /// <summary>Names of the steps.</summary>
    public static IEnumerable<string> Steps => StepNames.Select(s => s.Name);

    /// <summary>The severity's name.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Red => "red",
        Severity.Orange => "orange",
        Severity.Yellow => "yellow",
        Severity.Blue => "blue",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    /// <summary>The stage's name.</summary>
    public static string Of(Stage stage) => stage is >= Stage.Reported and <= Stage.Merged
        ? Stages[stage - Stage.Reported]
        : throw new ArgumentOutOfRangeException(nameof(stage), stage, null);

    /// <summary>The level's name.</summary>
    public static string Of(DeadlineLevel level) => Levels[(int)level];

    /// <summary>The step's name.</summary>
    public static string Of(CaseStep step)
    {
        foreach (var (known, name) in StepNames)
            if (known == step)
                return name;
        throw new ArgumentOutOfRangeException(nameof(step), step, null);
    }

    /// <summary>The name of what an assignee is.</summary>
    public static string Of(AssigneeKind kind) => kind switch
    {
        AssigneeKind.Unit => "unit",
        AssigneeKind.Squad => "squad",
        AssigneeKind.Department => "department",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The role's name.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Reporter => "reporter",
        Role.Worker => "worker",
        Role.Department => "department",
        Role.Officer => "officer",
        Role.Supervisor => "supervisor",
        Role.System => "system",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>The clock's name.</summary>
    public static string Of(ClockKind kind) => kind switch
    {
        ClockKind.Accept => "accept",
        ClockKind.Dispatch => "dispatch",
        ClockKind.Handle => "handle",
        ClockKind.Verify => "verify",
        ClockKind.Close => "close",
        ClockKind.Acknowledge => "acknowledge",
        ClockKind.Arrive => "arrive",
        ClockKind.Solve => "solve",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The muster state's name.</summary>
    public static string Of(MusterState state) => state switch
    {
        MusterState.Notified => "notified",
        MusterState.Acknowledged => "acknowledged",
        MusterState.EnRoute => "en-route",
        MusterState.Arrived => "arrived",
        MusterState.Done => "done",
        MusterState.Refused => "refused",
        MusterState.Dismissed => "dismissed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The severity of that name.</summary>
    public static bool TryParseSeverity(string? name, out Severity severity)
    {
        severity = name switch { "red" => Severity.Red, "orange" => Severity.Orange, "yellow" => Severity.Yellow, "blue" => Severity.Blue, _ => 0 };
        return severity != 0;
    }

    /// <summary>The stage of that name.</summary>
    public static bool TryParseStage(string? name, out Stage stage)
    {
        var index = name is null ? -1 : Array.IndexOf(Stages, name);
        stage = index < 0 ? 0 : Stage.Reported + index;
        return index >= 0;
    }

    /// <summary>The level of that name.</summary>
    public static bool TryParseLevel(string? name, out DeadlineLevel level)
    {
        var index = name is null ? -1 : Array.IndexOf(Levels, name);
        level = index < 0 ? DeadlineLevel.None : (DeadlineLevel)index;
        return index >= 0;
    }

    /// <summary>The role of that name; not the system's.</summary>
    public static bool TryParseRole(string? name, out Role role)
    {
        role = name switch
        {
            "reporter" => Role.Reporter,
            "worker" => Role.Worker,
            "department" => Role.Department,
            "officer" => Role.Officer,
            "supervisor" => Role.Supervisor,
            _ => 0,
        };
        return role != 0;
    }

    /// <summary>What an assignee of that name is.</summary>
    public static bool TryParseAssignee(string? name, out AssigneeKind kind)
    {
        kind = name switch { "unit" => AssigneeKind.Unit, "squad" => AssigneeKind.Squad, "department" => AssigneeKind.Department, _ => 0 };
        return kind != 0;
    }

    /// <summary>The muster state of that name, of those that a department can say.</summary>
    public static bool TryParseMuster(string? name, out MusterState state)
    {
        state = name switch
        {
            "acknowledged" => MusterState.Acknowledged,
            "en-route" => MusterState.EnRoute,
            "arrived" => MusterState.Arrived,
            "done" => MusterState.Done,
            "refused" => MusterState.Refused,
            _ => 0,
        };
        return state != 0;
    }

    /// <summary>The step of that name.</summary>
    public static bool TryParseStep(string? name, out CaseStep step)
    {
        foreach (var (known, called) in StepNames)
            if (called == name)
            {
                step = known;
                return true;
            }
        step = default;
        return false;
    }
}
