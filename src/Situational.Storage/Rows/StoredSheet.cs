using System.Buffers.Binary;
using System.Text;
using Situational.Domain.Journal;

namespace Situational.Storage.Rows;

/// <summary>A sheet of what was walked as its row: both areas, the frame and the cells.</summary>
internal static class StoredSheet
{
    private const int HeadBytes = 18;

    public static StoredRow Of(CoverageSheet sheet)
    {
        var frame = Encoding.UTF8.GetBytes(sheet.Frame);
        var data = new byte[HeadBytes + frame.Length + sheet.Cells.Length];
        BinaryPrimitives.WriteDoubleLittleEndian(data, sheet.Figure.WalkableSquareMeters);
        BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8), sheet.Figure.WalkedSquareMeters);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(16), checked((ushort)frame.Length));
        frame.CopyTo(data, HeadBytes);
        sheet.Cells.Span.CopyTo(data.AsSpan(HeadBytes + frame.Length));
        return new StoredRow(data, Checksum.Of(sheet.Figure.Grid, VersionOf(sheet.Figure.Period), data));
    }

    /// <summary>Decodes a sheet; says what is wrong instead of returning it.</summary>
    public static string? Read(StoredRow row, string grid, CoveragePeriod period, out CoverageSheet? sheet)
    {
        sheet = null;
        var data = row.Data;
        if (row.Checksum != Checksum.Of(grid, VersionOf(period), data))
            return "its checksum does not match";
        if (data.Length < HeadBytes || BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(16)) is var frame && data.Length < HeadBytes + frame)
            return "it is too short";
        sheet = new CoverageSheet(
            new CoverageFigure(
                grid, period, BinaryPrimitives.ReadDoubleLittleEndian(data), BinaryPrimitives.ReadDoubleLittleEndian(data.AsSpan(8))),
            Encoding.UTF8.GetString(data, HeadBytes, frame), data.AsMemory(HeadBytes + frame));
        return null;
    }

    /// <summary>What messages call a sheet.</summary>
    public static string NameOf(string grid, CoveragePeriod period) => $"the {period.Cadence} sheet of grid {grid} from {period.First:O}";

    private static long VersionOf(CoveragePeriod period) => (long)period.Cadence << 32 | (uint)period.First.DayNumber;
}
