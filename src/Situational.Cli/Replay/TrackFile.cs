namespace Situational.Cli.Replay;

/// <summary>A recorded day, sorted by time.</summary>
/// <param name="Fixes">Oldest first; fixes of the same time keep the file's order.</param>
/// <param name="Unreadable">Rows that could not be read.</param>
/// <param name="Faults">What was wrong with the first of them, with line and column.</param>
internal sealed record TrackFile(IReadOnlyList<TrackFix> Fixes, int Unreadable, IReadOnlyList<string> Faults)
{
    /// <summary>Units in the file.</summary>
    public int Units { get; } = Fixes.Select(f => f.Unit).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Faults kept in words; the rest is counted.</summary>
    public const int FaultsKept = 10;

    /// <summary>Most fixes of one file.</summary>
    public const int MostFixes = 5_000_000;

    /// <summary>Reads a CSV or GPX file, told apart by the file's ending.</summary>
    /// <exception cref="Http.ClientException">The file cannot be read at all, or lacks a column that is needed.</exception>
    public static TrackFile Read(FileInfo file, string? mapping)
    {
        var rows = new TrackRows();
        using (var text = file.OpenText())
        {
            if (file.Extension.Equals(".gpx", StringComparison.OrdinalIgnoreCase))
                GpxTrack.Read(text, Path.GetFileNameWithoutExtension(file.Name), rows);
            else
                CsvTrack.Read(text, mapping, rows);
        }
        return rows.Sorted();
    }
}
