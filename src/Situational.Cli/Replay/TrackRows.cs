using Situational.Cli.Http;

namespace Situational.Cli.Replay;

/// <summary>Collects what a reader finds.</summary>
internal sealed class TrackRows
{
    private readonly List<TrackFix> _fixes = [];
    private readonly List<string> _faults = [];
    private int _unreadable;

    /// <summary>Takes a fix.</summary>
    public void Add(TrackFix fix)
    {
        if (_fixes.Count == TrackFile.MostFixes)
            throw new ClientException($"more than {TrackFile.MostFixes} fixes: cut the file");
        _fixes.Add(fix);
    }

    /// <summary>Notes a row that cannot be read.</summary>
    public void Refuse(int line, string fault)
    {
        _unreadable++;
        if (_faults.Count < TrackFile.FaultsKept)
            _faults.Add($"line {line}: {fault}");
    }

    /// <summary>What was collected, oldest first.</summary>
    public TrackFile Sorted() => new([.. _fixes.OrderBy(f => f.At)], _unreadable, _faults);
}
