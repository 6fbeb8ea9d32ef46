using Microsoft.AspNetCore.Http.HttpResults;
using Situational.Contracts.Http;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Messages;
using Situational.Host.Ingest;

namespace Situational.Host.Api;

/// <summary>How a step ended, as an answer: a refusal says what is so instead.</summary>
internal sealed class CaseRefusals(ICaseRecords records)
{
    /// <summary>The answer to a step.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, CaseReceipt receipt) => receipt.Verdict switch
    {
        CaseVerdict.Done => CaseAnswers.Ok(context, receipt.Case!.ToCase()),
        CaseVerdict.NotAllowed => NotAllowed(context, receipt),
        CaseVerdict.Stale => await StaleAsync(context, receipt),
        CaseVerdict.Faulty => Problems.Field(
            StatusCodes.Status422UnprocessableEntity, receipt.Field ?? "body", receipt.Fault ?? "Is wrong.", Present(context, receipt)),
        CaseVerdict.KeyMisused => IdempotencyKey.Misused("step"),
        CaseVerdict.StoreAway => Problems.StoreAway(context),
        CaseVerdict.Unknown => Unknown(),
        _ => throw new InvalidOperationException($"Unknown verdict {receipt.Verdict}."),
    };

    /// <summary>No case has that id.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("There is no case of that id.");

    private static ProblemHttpResult NotAllowed(HttpContext context, CaseReceipt receipt)
    {
        var reason = receipt.Fault ?? "The case's stage does not allow that.";
        var more = Present(context, receipt);
        more["reason"] = reason;
        return Problems.Conflict(reason, more);
    }

    private async Task<IResult> StaleAsync(HttpContext context, CaseReceipt receipt)
    {
        var more = Present(context, receipt);
        if (receipt.Case?.ToCase() is { } present)
            more["lastStep"] = await LastStepAsync(present, context.RequestAborted);
        return TypedResults.Problem(
            "The case has changed since the revision in If-Match. Nothing was recorded.",
            statusCode: StatusCodes.Status412PreconditionFailed, extensions: more);
    }

    /// <summary>Who changed it last; null when the store cannot say.</summary>
    private async Task<CaseEventAnswer?> LastStepAsync(Case present, CancellationToken cancellationToken)
    {
        try
        {
            return CaseStory.Tell(await records.HistoryAsync(present.Id, cancellationToken)).LastOrDefault();
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    private static Dictionary<string, object?> Present(HttpContext context, CaseReceipt receipt)
    {
        var more = new Dictionary<string, object?>();
        if (receipt.Case?.ToCase() is not { } present)
            return more;
        context.Response.Headers.ETag = CaseAnswers.TagOf(present);
        more["stage"] = CaseNames.Of(present.Stage);
        more["revision"] = present.Revision;
        more["allowed"] = receipt.Allowed.IsDefault ? [] : receipt.Allowed.Select(a => CaseNames.Of((CaseStep)a)).ToArray();
        more["case"] = CaseAnswers.Of(present);
        return more;
    }
}
