using Situational.Domain.Deadlines;

namespace Situational.Host.Feed;

/// <summary>Sums over an area's grids.</summary>
/// <param name="Red">Open red cases.</param>
/// <param name="Orange">Open orange cases.</param>
/// <param name="Yellow">Open yellow cases.</param>
/// <param name="Blue">Open blue cases.</param>
/// <param name="Approaching">Open cases that have used 80 % of a limit, and no limit up.</param>
/// <param name="Overdue">Open cases past a limit, those past twice a limit among them.</param>
/// <param name="OverdueTwice">Open cases past twice a limit.</param>
/// <param name="Escalated">Open cases that were escalated.</param>
/// <param name="Whistles">Open cases with a whistle that has not ended.</param>
/// <param name="Live">Units heard just now.</param>
/// <param name="Late">Units heard a little late.</param>
/// <param name="Stale">Units heard long ago.</param>
/// <param name="Gone">Units off the map.</param>
/// <param name="Silent">Silent grids.</param>
/// <param name="Grids">Grids of the territory in the area.</param>
/// <param name="Heard">Grids heard since the node started, the pseudo-grid <c>outside</c> included.</param>
/// <param name="Digest">Sum of the digests of the grids heard, as screens have them.</param>
public readonly record struct AreaSums(
    int Red, int Orange, int Yellow, int Blue, int Approaching, int Overdue, int OverdueTwice, int Escalated, int Whistles,
    int Live, int Late, int Stale, int Gone, int Silent, int Grids, int Heard, uint Digest)
{
    /// <summary>Sums over some of a picture's grids.</summary>
    internal static AreaSums Over(CityPicture picture, ReadOnlySpan<int> ordinals)
    {
        int red = 0, orange = 0, yellow = 0, blue = 0, approaching = 0, overdue = 0, twice = 0, escalated = 0, whistles = 0;
        int live = 0, late = 0, stale = 0, gone = 0, silent = 0, grids = 0, heard = 0;
        var digest = 0u;
        foreach (var ordinal in ordinals)
        {
            var slot = picture.Grids[ordinal];
            if (ordinal != picture.Outside)
                grids++;
            if (!slot.Known)
                continue;
            heard++;
            ref readonly var summary = ref slot.Summary;
            red += summary.Red;
            orange += summary.Orange;
            yellow += summary.Yellow;
            blue += summary.Blue;
            approaching += slot.Levels[(int)DeadlineLevel.Approaching];
            overdue += slot.Levels[(int)DeadlineLevel.Overdue] + slot.Levels[(int)DeadlineLevel.OverdueTwice];
            twice += slot.Levels[(int)DeadlineLevel.OverdueTwice];
            escalated += slot.Escalated;
            whistles += slot.Whistles;
            if (summary.Silent)
                silent++;
            live += slot.States[0];
            late += slot.States[1];
            stale += slot.States[2];
            gone += slot.States[3];
            digest = unchecked(digest + slot.SaidMix);
        }
        return new AreaSums(
            red, orange, yellow, blue, approaching, overdue, twice, escalated, whistles, live, late, stale, gone, silent, grids, heard, digest);
    }
}
