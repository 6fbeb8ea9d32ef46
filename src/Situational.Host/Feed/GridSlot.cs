using Situational.Contracts.Feed;
using Situational.Grains.Messages;

namespace Situational.Host.Feed;

/// <summary>One grid in the node's picture. Guarded by the live view's gate.</summary>
internal sealed class GridSlot(string code, int ordinal)
{
    private GridSummary _summary;
    private byte[] _text = [];
    private int _textLength;
    private uint _saidMix;
    private bool _isTextOld;

    public string Code { get; } = code;

    public int Ordinal { get; } = ordinal;

    /// <summary>Whether its whole picture was heard once.</summary>
    public bool Known { get; private set; }

    public long Activation { get; private set; }

    public long Revision { get; private set; }

    /// <summary>Its share of a digest.</summary>
    public uint Mix { get; private set; }

    public ref readonly GridSummary Summary => ref _summary;

    /// <summary>Its share of the digest of the row that screens have.</summary>
    public uint SaidMix => Held ? _saidMix : Mix;

    /// <summary>The row that screens have, if any has one.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>Whether <see cref="Text"/> is what to say of it now.</summary>
    public bool IsTextGood => _textLength > 0 && (Held || !_isTextOld);

    /// <summary>Timestamp of when <see cref="Text"/> was encoded.</summary>
    public long SaidAt { get; private set; }

    /// <summary>More than its revision and when it was heard changed since then.</summary>
    public bool News { get; private set; } = true;

    /// <summary>It changed, but screens are left with the row that they have for a while.</summary>
    public bool Held { get; set; }

    /// <summary>Units here by state.</summary>
    public int[] States { get; } = new int[4];

    /// <summary>Open cases by deadline level.</summary>
    public int[] Levels { get; } = new int[4];

    /// <summary>Open cases that were escalated.</summary>
    public int Escalated { get; private set; }

    /// <summary>Open cases with a whistle that has not ended.</summary>
    public int Whistles { get; private set; }

    public HashSet<UnitSlot> Units { get; private set; } = [];

    public Dictionary<string, CaseSlot> Cases { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Timestamp of its last word.</summary>
    public long HeardAt { get; set; }

    /// <summary>Changed since the last cut.</summary>
    public bool Dirty { get; set; }

    /// <summary>Waits for, or is in, an ask for the whole picture.</summary>
    public bool Asked { get; set; }

    /// <summary>Highest revision whose change could not be merged, of <see cref="WantedActivation"/>; 0 when nothing is missing.</summary>
    public long Wanted { get; private set; }

    /// <summary>Activation that <see cref="Wanted"/> counts in.</summary>
    public long WantedActivation { get; private set; }

    /// <summary>Another activation that spoke; the grid is asked, and if it answers as that one, that one counts. 0 for none.</summary>
    public long Doubted { get; set; }

    /// <summary>Notes a change that could not be merged.</summary>
    public void Want(GridChange change)
    {
        if (change.Activation == WantedActivation && change.Revision <= Wanted)
            return;
        WantedActivation = change.Activation;
        Wanted = change.Revision;
    }

    /// <summary>Whether the whole picture that was taken last still lacks something that was heard of.</summary>
    public bool StillBehind => Wanted > 0 && WantedActivation == Activation && Wanted > Revision;

    /// <summary>Keeps its row as it is encoded now.</summary>
    public void Keep(ReadOnlySpan<byte> text, long timestamp)
    {
        _saidMix = Mix;
        _isTextOld = News = false;
        SaidAt = timestamp;
        // A few bytes to spare: the next row may be a digit or two longer.
        if (_text.Length < text.Length)
            _text = new byte[text.Length + 8];
        text.CopyTo(_text);
        _textLength = text.Length;
    }

    /// <summary>Counts a case in (1) or out (-1).</summary>
    public void Count(in CaseRow row, int by)
    {
        Levels[row.Level & 3] += by;
        if (row.Escalations > 0)
            Escalated += by;
        if (row.Whistle is not null)
            Whistles += by;
    }

    /// <summary>Takes over all that another slot of the same grid knows; that one is used up.</summary>
    public void Adopt(GridSlot old)
    {
        Known = old.Known;
        Activation = old.Activation;
        Revision = old.Revision;
        Mix = old.Mix;
        _summary = old._summary;
        HeardAt = old.HeardAt;
        Wanted = old.Wanted;
        WantedActivation = old.WantedActivation;
        Doubted = old.Doubted;
        Units = old.Units;
        Cases = old.Cases;
        old.States.CopyTo(States, 0);
        old.Levels.CopyTo(Levels, 0);
        Escalated = old.Escalated;
        Whistles = old.Whistles;
    }

    /// <summary>Takes over revision and figures, of a grid that could not read its history all but those of its cases; true if a screen can see a difference.</summary>
    public bool Take(GridChange change)
    {
        var summary = change.Summary;
        if (!summary.Loaded && Known)
        {
            // A grid that could not read its history counts no cases; those that were known are still open for all that is known.
            summary = summary with
            {
                Score = _summary.Score,
                Red = _summary.Red,
                Orange = _summary.Orange,
                Yellow = _summary.Yellow,
                Blue = _summary.Blue,
                Overdue = _summary.Overdue,
            };
        }
        var same = Known && Revision == change.Revision && _summary == summary;
        News |= !Known || _summary with { HeardAtMs = summary.HeardAtMs } != summary;
        _isTextOld |= !same;
        Known = true;
        Activation = change.Activation;
        if (Revision != change.Revision || Mix == 0)
            Mix = FeedDigest.Mix(Code, change.Revision);
        Revision = change.Revision;
        _summary = summary;
        if (change.Full)
        {
            Doubted = 0;
            if (!StillBehind)
                Wanted = 0;
        }
        return !same;
    }
}

/// <summary>One unit in the node's picture.</summary>
internal sealed class UnitSlot(string id)
{
    public string Id { get; } = id;

    public UnitRow Row { get; set; }

    /// <summary>Ordinal of the one grid that owns it, or -1.</summary>
    public int Grid { get; set; } = -1;

    public int Latitude6 { get; set; }

    public int Longitude6 { get; set; }

    /// <summary>Owner at the last cut, or -1: who must be told that it is gone.</summary>
    public int CutGrid { get; set; } = -1;

    public int CutLatitude6 { get; set; }

    public int CutLongitude6 { get; set; }

    public bool Dirty { get; set; }

    /// <summary>Mark of the last pass that saw it.</summary>
    public long Pass { get; set; }
}

/// <summary>One open case in the node's picture.</summary>
internal sealed class CaseSlot(string id, int grid)
{
    public string Id { get; } = id;

    /// <summary>Ordinal of the grid that names it.</summary>
    public int Grid { get; set; } = grid;

    /// <summary>The same case as another grid named it before; a case that moves is named by both for a moment.</summary>
    public CaseSlot? Other { get; set; }

    public CaseRow Row { get; set; }

    public int Latitude6 { get; set; }

    public int Longitude6 { get; set; }

    /// <summary>Was in the picture at the last cut.</summary>
    public bool Cut { get; set; }

    public bool Closed { get; set; }

    public bool Dirty { get; set; }

    public long Pass { get; set; }
}
