using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Journal;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>
/// Puts reports and steps to a grid's cases, and what became of them into receipts. A request that comes again under its key is answered as
/// the first time, whatever has happened since; that is looked up before a refusal leaves the house, because what the first request did is
/// the likeliest reason to refuse the second.
/// </summary>
/// <param name="cases">The grid's cases.</param>
internal sealed class GridAnswers(GridCases cases)
{
    /// <summary>Opens a case for a report, or lets it join one.</summary>
    public async Task<ReportReceipt> ReportAsync(ReportCommand command, GridRules rules, CancellationToken cancellationToken)
    {
        var (version, other) = rules.Place(command.Latitude, command.Longitude);
        if (other is not null)
            return await EarlierAsync(command, cancellationToken) ?? new ReportReceipt(ReportVerdict.Elsewhere, null, null, null, other);
        var outcome = await cases.RunAsync(command.ToOpen(version), new AcceptedReport(command.Key, command.Fingerprint, ""), cancellationToken);
        if (outcome.Done is { Case: { } one } done)
            return new ReportReceipt(Opens(done) ? ReportVerdict.Opened : ReportVerdict.Joined, one.ToDocument(), one.Id);
        if (outcome.Before is { } before)
            return await RepeatAsync(before, command.Fingerprint, cancellationToken);
        if (outcome.Refused is not { } refused)
            return new ReportReceipt(ReportVerdict.StoreAway, null, null);
        return await EarlierAsync(command, cancellationToken) ?? refused switch
        {
            Decision.GridFull => new ReportReceipt(ReportVerdict.GridFull, null, null),
            Decision.Faulty faulty => new ReportReceipt(ReportVerdict.Faulty, null, null, faulty.Field, faulty.Fault),
            _ => throw new InvalidOperationException($"A report cannot end as {refused.GetType().Name}."),
        };
    }

    /// <summary>Takes a step with a case.</summary>
    public async Task<CaseReceipt> ActAsync(CaseCommand command, DateTimeOffset awake, CancellationToken cancellationToken)
    {
        var key = command is { Key: { } k, Fingerprint: { } fingerprint } ? new AcceptedReport(k, fingerprint, "") : null;
        var outcome = await cases.RunAsync(command.ToStep() with { Awake = awake }, key, cancellationToken);
        if (outcome.Done is { Case: { } one })
            return Receipt(CaseVerdict.Done, one, command);
        if (outcome.Before is { } before)
            return await RepeatAsync(before, command, cancellationToken);
        if (outcome.Refused is not { } refused)
            return new CaseReceipt(CaseVerdict.StoreAway, null, []);
        if (key is not null)
        {
            var (known, earlier) = await cases.FindKeyAsync(key.Key, cancellationToken);
            if (!known)
                return new CaseReceipt(CaseVerdict.StoreAway, null, []);
            if (earlier is not null)
                return await RepeatAsync(earlier, command, cancellationToken);
        }
        return refused switch
        {
            Decision.UnknownCase => new CaseReceipt(CaseVerdict.Unknown, null, []),
            Decision.Elsewhere elsewhere => new CaseReceipt(CaseVerdict.Elsewhere, null, [], null, elsewhere.Grid),
            Decision.Stale stale => Receipt(CaseVerdict.Stale, stale.Case, command),
            Decision.NotAllowed not => new CaseReceipt(CaseVerdict.NotAllowed, not.Case.ToDocument(), Numbers(not.Allowed), null, not.Reason),
            Decision.Faulty faulty => Receipt(CaseVerdict.Faulty, faulty.Case, command) with { Field = faulty.Field, Fault = faulty.Fault },
            _ => throw new InvalidOperationException($"A step cannot end as {refused.GetType().Name}."),
        };
    }

    private async Task<ReportReceipt?> EarlierAsync(ReportCommand command, CancellationToken cancellationToken)
    {
        var (known, earlier) = await cases.FindKeyAsync(command.Key, cancellationToken);
        return earlier is not null ? await RepeatAsync(earlier, command.Fingerprint, cancellationToken)
            : known ? null
            : new ReportReceipt(ReportVerdict.StoreAway, null, null);
    }

    private async Task<ReportReceipt> RepeatAsync(AcceptedReport before, string fingerprint, CancellationToken cancellationToken)
    {
        if (!string.Equals(before.Fingerprint, fingerprint, StringComparison.Ordinal))
            return new ReportReceipt(ReportVerdict.KeyMisused, null, null);
        // The report was accepted and stays so, even when the case's words are out of reach.
        return new ReportReceipt(ReportVerdict.Repeated, (await cases.FindCaseAsync(before.CaseId, cancellationToken))?.ToDocument(), before.CaseId);
    }

    private async Task<CaseReceipt> RepeatAsync(AcceptedReport before, CaseCommand command, CancellationToken cancellationToken)
    {
        if (!string.Equals(before.Fingerprint, command.Fingerprint, StringComparison.Ordinal))
            return new CaseReceipt(CaseVerdict.KeyMisused, null, []);
        return await cases.FindCaseAsync(before.CaseId, cancellationToken) is { } one
            ? Receipt(CaseVerdict.Done, one, command)
            : new CaseReceipt(CaseVerdict.StoreAway, null, []);
    }

    private static CaseReceipt Receipt(CaseVerdict verdict, Case? one, CaseCommand command) => new(
        verdict, one?.ToDocument(), one is null ? [] : Numbers(CaseSteps.AllowedTo(one, command.By.ToActor().Role)));

    private static bool Opens(Decision.Accepted done)
    {
        foreach (var happened in done.Events)
            if (happened is CaseOpened)
                return true;
        return false;
    }

    private static ImmutableArray<byte> Numbers(ImmutableArray<CaseStep> steps)
    {
        var numbers = ImmutableArray.CreateBuilder<byte>(steps.Length);
        foreach (var step in steps)
            numbers.Add((byte)step);
        return numbers.MoveToImmutable();
    }
}
