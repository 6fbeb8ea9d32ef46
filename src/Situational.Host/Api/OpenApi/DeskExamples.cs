using Microsoft.AspNetCore.Mvc;
using Situational.Contracts.Http;

namespace Situational.Host.Api.OpenApi;

/// <summary>Bodies and answers of the desks as the OpenAPI document shows them.</summary>
internal static class DeskExamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 1, 5, 0, TimeSpan.Zero);

    /// <summary>A pass for a duty officer.</summary>
    public static PassRequest OfficerPass { get; } = new("w-li", "李婷", "officer");

    /// <summary>A pass for a patrol lead.</summary>
    public static PassRequest LeadPass { get; } = new("w-zhao", "赵强", "lead", "north", 8);

    /// <summary>What it is answered with.</summary>
    public static PassAnswer Pass { get; } = new("/duty?pass=CfDJ8M…", At.AddHours(1));

    /// <summary>A pass that names no squad.</summary>
    public static ProblemDetails WrongPass { get; } = new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Title = "Unprocessable Entity",
        Extensions = { ["errors"] = new Dictionary<string, string[]> { ["squad"] = ["Is required."] } },
    };

    /// <summary>A row of the loop's table.</summary>
    public static StepsAnswer Steps { get; } = new(
        CaseNames.Stages,
        [new StepRuleAnswer("dispatch", ["accepted", "returned"], "dispatched", ["officer"], ["assignee"], ["note"], null)]);

    /// <summary>Alerts to acknowledge: one of each kind.</summary>
    public static AcknowledgeRequest Acknowledge { get; } = new(
        ["red:110000001001001-7", "overdue:110000001001001-8:2:1795394700000", "sos:w-017:1795395900000", "silent:110000001001001:1795392300000"]);

    /// <summary>What it is answered with.</summary>
    public static AcknowledgedAnswer Acknowledged { get; } = new([new AcknowledgementAnswer("red:110000001001001-7", "w-li", At)], At.AddSeconds(-30));

    /// <summary>Who sits at a desk.</summary>
    public static MeAnswer Me { get; } = new("w-li", "李婷", "officer", null, At.AddHours(12));
}
