using System.Security.Cryptography;
using Situational.Contracts.Http;
using static Situational.Host.Ingest.Fingerprints;

namespace Situational.Host.Ingest;

/// <summary>
/// What a step says, as one hash: the same for any spelling of the same JSON, another one as soon as the case, the step or a field differs.
/// Stored with the idempotency key, so its form never changes without a new name in front.
/// </summary>
internal static class StepFingerprint
{
    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string Of(string caseId, string step, CaseStepRequest said)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "situational.step/1");
        Append(hash, caseId);
        Append(hash, step);
        Append(hash, said.By?.Id);
        Append(hash, said.By?.Role);
        Append(hash, said.Note);
        Append(hash, said.Reason);
        Append(hash, said.Assignee?.Kind);
        Append(hash, said.Assignee?.Id);
        AppendAll(hash, said.Photos);
        Append(hash, said.Until);
        Append(hash, said.Severity);
        Append(hash, said.Kind);
        Append(hash, said.Score);
        Append(hash, said.Into);
        Append(hash, said.Unit);
        AppendAll(hash, said.Departments);
        Append(hash, said.Whistle);
        Append(hash, said.Department);
        Append(hash, said.State);
        Append(hash, said.CounterProposal);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendAll(IncrementalHash hash, IReadOnlyList<string>? texts)
    {
        AppendCount(hash, texts);
        foreach (var text in texts ?? [])
            Append(hash, text);
    }
}
