using Situational.Domain.Journal;

namespace Situational.Storage.Redis;

/// <summary>Names that are kept in lines of text, so none of them may hold a line's end.</summary>
internal static class RedisNames
{
    /// <exception cref="ArgumentException">A name holds a line's end.</exception>
    public static void Check(JournalAppend append)
    {
        Check(append.Grid);
        foreach (var changed in append.Cases)
        {
            Check(changed.Id);
            Check(changed.Grid);
        }
        if (append.Report is not { } report)
            return;
        Check(report.Key);
        Check(report.CaseId);
        Check(report.Fingerprint);
    }

    private static void Check(string name)
    {
        if (name.Contains('\n', StringComparison.Ordinal))
            throw new ArgumentException("A name holds the end of a line.", nameof(name));
    }
}
