using Situational.Domain.Journal;
using StackExchange.Redis;

namespace Situational.Storage.Redis;

/// <summary>What Redis' refusals and the library's failures mean for a call.</summary>
internal static class RedisFailure
{
    /// <summary>Whether the connection is to blame: nobody knows then whether Redis ran the call.</summary>
    public static bool IsOfConnection(Exception cause) =>
        cause is (RedisException and not RedisServerException) or TimeoutException or OperationCanceledException or ObjectDisposedException or IOException
        || (cause is AggregateException { InnerException: { } inner } && IsOfConnection(inner));

    /// <summary>Whether Redis refused for a moment only, having run nothing.</summary>
    public static bool IsForNow(RedisServerException refusal) =>
        Begins(refusal, "NOSCRIPT") || Begins(refusal, "LOADING") || Begins(refusal, "BUSY") || Begins(refusal, "TRYAGAIN") || Begins(refusal, "MASTERDOWN");

    /// <summary>What a caller of a port sees of a refusal.</summary>
    /// <param name="refusal">Redis' words.</param>
    /// <param name="outcomeUnknown">Whether an earlier try of the same call may have been run.</param>
    public static JournalUnavailableException ToCaller(RedisServerException refusal, bool outcomeUnknown) =>
        new($"Redis {Describe(refusal)}.", outcomeUnknown, refusal);

    private static string Describe(RedisServerException refusal) =>
        Begins(refusal, "OOM") ? "has no room: its memory limit is reached"
        : Begins(refusal, "MISCONF") ? "cannot write to its disk"
        : Begins(refusal, "READONLY") ? "takes no writes: it is a replica"
        : Begins(refusal, "NOAUTH") || Begins(refusal, "WRONGPASS") ? "does not accept this system's user or password"
        : Begins(refusal, "NOPERM") ? "does not let this system's user do what it must"
        : Begins(refusal, "LOADING") ? "still reads its files"
        : "refused";

    private static bool Begins(RedisServerException refusal, string code) => refusal.Message.StartsWith(code, StringComparison.Ordinal);
}
