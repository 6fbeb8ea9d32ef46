using System.Buffers.Text;

namespace Situational.Cli.Load;

/// <summary>Finds marked units in a delta's bytes without reading the rest, each fix once. One for each screen; not safe for threads.</summary>
internal sealed class MarkerEye(LoadMarkers markers)
{
    private const int NumberDigits = 7;

    /// <summary>Columns of a unit's row between its id and the time of its fix: lat, lon, heading, state.</summary>
    private const int Between = 4;

    private readonly long[] _seen = new long[markers.Units];

    private static ReadOnlySpan<byte> Sign => "[\"load-m"u8;

    /// <summary>Looks at a delta that was applied.</summary>
    /// <param name="record">The record.</param>
    /// <param name="seenAt">Timestamp of its arrival.</param>
    public void Look(ReadOnlySpan<byte> record, long seenAt)
    {
        for (var at = record.IndexOf(Sign); at >= 0; at = record.IndexOf(Sign))
        {
            record = record[(at + Sign.Length)..];
            if (record.Length < NumberDigits + 2 || !Utf8Parser.TryParse(record[..NumberDigits], out int unit, out _) || (uint)unit >= (uint)_seen.Length)
                continue;
            var row = record[(NumberDigits + 1)..];
            // not a row but a list of ids
            if (row[0] != ',')
                continue;
            for (var i = 0; i < Between && row.Length > 0; i++)
                row = row[(row[1..].IndexOf((byte)',') + 1)..];
            if (row.Length < 2 || !Utf8Parser.TryParse(row[1..], out long measuredAt, out _) || measuredAt <= _seen[unit])
                continue;
            _seen[unit] = measuredAt;
            markers.See(unit, measuredAt, seenAt);
        }
    }
}
