namespace Situational.Host.Feed;

/// <summary>What all frames of a cut say alike that are of one area: its grids, events and sums. Immutable.</summary>
/// <param name="Rows">The cut's rows.</param>
/// <param name="Grids">Rows of the area's grids that changed.</param>
/// <param name="Events">Rows of its events.</param>
/// <param name="Lead">The text before its grids: time, digest and territory.</param>
/// <param name="Tail">The text after its events: totals, troubles and the end.</param>
internal sealed record CutArea(CutRows Rows, int[] Grids, int[] Events, byte[] Lead, byte[] Tail)
{
    /// <summary>Bytes of the grids' rows in a frame.</summary>
    public int GridsLength { get; } = Rows.LengthOf(Grids);

    /// <summary>Bytes of the events' rows in a frame.</summary>
    public int EventsLength { get; } = Rows.LengthOf(Events);

    /// <summary>Bytes that it takes, about, without the rows.</summary>
    public int Size => (Grids.Length + Events.Length) * sizeof(int) + Lead.Length + Tail.Length;
}
