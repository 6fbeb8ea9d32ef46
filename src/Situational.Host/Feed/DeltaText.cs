using System.Buffers.Text;

namespace Situational.Host.Feed;

/// <summary>
/// The text of a delta as what it is put together of: only which rows the channel shows is its own, all else is shared with the other
/// channels of the cut. Immutable.
/// </summary>
/// <param name="epoch">The channel's epoch as a JSON string.</param>
/// <param name="area">What it shares with the other frames of its area.</param>
/// <param name="rows">Rows of units, then of units that are gone, of cases and of cases that are closed.</param>
/// <param name="gone">Where the gone units begin in it.</param>
/// <param name="cases">Where the cases begin in it.</param>
/// <param name="closed">Where the closed cases begin in it.</param>
internal sealed class DeltaText(byte[] epoch, CutArea area, int[] rows, int gone, int cases, int closed)
{
    private static ReadOnlySpan<byte> Kind => "{\"kind\":\"delta\",\"epoch\":"u8;

    private static ReadOnlySpan<byte> RevisionName => ",\"revision\":"u8;

    private static ReadOnlySpan<byte> PreviousName => ",\"previous\":"u8;

    private static ReadOnlySpan<byte> GridsName => "\"grids\":["u8;

    private static ReadOnlySpan<byte> UnitsName => "\"units\":["u8;

    private static ReadOnlySpan<byte> GoneName => "\"gone\":["u8;

    private static ReadOnlySpan<byte> CasesName => "\"cases\":["u8;

    private static ReadOnlySpan<byte> ClosedName => "\"closed\":["u8;

    private static ReadOnlySpan<byte> EventsName => "\"events\":["u8;

    private static ReadOnlySpan<byte> EndOfList => "],"u8;

    private ReadOnlySpan<int> Units => rows.AsSpan(0, gone);

    private ReadOnlySpan<int> Gone => rows.AsSpan(gone, cases - gone);

    private ReadOnlySpan<int> Cases => rows.AsSpan(cases, closed - cases);

    private ReadOnlySpan<int> Closed => rows.AsSpan(closed);

    /// <summary>Bytes of the text.</summary>
    public int LengthOf(long revision, long previous)
    {
        var shared = area.Rows;
        return Kind.Length + epoch.Length + RevisionName.Length + Digits(revision) + PreviousName.Length + Digits(previous) + 1 + area.Lead.Length
            + List(GridsName, area.Grids, area.GridsLength)
            + List(UnitsName, Units, shared.LengthOf(Units))
            + List(GoneName, Gone, shared.LengthOfIds(Gone))
            + List(CasesName, Cases, shared.LengthOf(Cases))
            + List(ClosedName, Closed, shared.LengthOfIds(Closed))
            + List(EventsName, area.Events, area.EventsLength)
            + area.Tail.Length;
    }

    /// <summary>Copies the text, as many bytes as <see cref="LengthOf"/> says.</summary>
    public void CopyTo(long revision, long previous, Span<byte> into)
    {
        Put(Kind, ref into);
        Put(epoch, ref into);
        Put(RevisionName, ref into);
        Put(revision, ref into);
        Put(PreviousName, ref into);
        Put(previous, ref into);
        Put(","u8, ref into);
        Put(area.Lead, ref into);
        PutRows(GridsName, area.Grids, ref into);
        PutRows(UnitsName, Units, ref into);
        PutIds(GoneName, Gone, ref into);
        PutRows(CasesName, Cases, ref into);
        PutIds(ClosedName, Closed, ref into);
        PutRows(EventsName, area.Events, ref into);
        Put(area.Tail, ref into);
    }

    private static int List(ReadOnlySpan<byte> name, ReadOnlySpan<int> list, int length) =>
        list.IsEmpty ? 0 : name.Length + length + EndOfList.Length;

    private static void Put(ReadOnlySpan<byte> text, ref Span<byte> into)
    {
        text.CopyTo(into);
        into = into[text.Length..];
    }

    private static void Put(long number, ref Span<byte> into)
    {
        if (!Utf8Formatter.TryFormat(number, into, out var written))
            throw new InvalidOperationException("A frame is longer than was counted.");
        into = into[written..];
    }

    private static int Digits(long number)
    {
        var digits = 1;
        while ((number /= 10) > 0)
            digits++;
        return digits;
    }

    private void PutRows(ReadOnlySpan<byte> name, ReadOnlySpan<int> list, ref Span<byte> into)
    {
        if (list.IsEmpty)
            return;
        Put(name, ref into);
        into = into[area.Rows.Copy(list, into)..];
        Put(EndOfList, ref into);
    }

    private void PutIds(ReadOnlySpan<byte> name, ReadOnlySpan<int> list, ref Span<byte> into)
    {
        if (list.IsEmpty)
            return;
        Put(name, ref into);
        into = into[area.Rows.CopyIds(list, into)..];
        Put(EndOfList, ref into);
    }
}
