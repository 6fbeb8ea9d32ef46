using Situational.Domain.Kpis;

namespace Situational.Host.Kpis;

/// <summary>For which period figures are asked, as the client said it: what is left out stays left out, so that all who ask "the last days" ask the same.</summary>
/// <param name="From">Its begin; null for <see cref="Usual"/> before its end.</param>
/// <param name="To">Its end; null for now.</param>
internal readonly record struct KpiAsk(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>How long a period is when its begin is not said.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    /// <summary>The period, end and begin as said or as they follow from now.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span(DateTimeOffset now)
    {
        var to = To ?? now;
        return (From ?? to - Usual, to);
    }

    /// <summary>The period that counts: nothing later than now does.</summary>
    public KpiPeriod Period(DateTimeOffset now)
    {
        var (from, to) = Span(now);
        var until = to < now ? to : now;
        return new(from, until < from ? from : until);
    }
}
