using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Situational.Domain.Cases;
using Situational.Storage.Rows;

namespace Situational.Storage.Upkeep;

/// <summary>Looks at one grid: folds its events from the first and compares with its snapshot and the rows of its cases.</summary>
internal sealed class GridCheck(string code, PastCheck past, Action<string, string> fault)
{
    /// <summary>Cases that are looked up at a time.</summary>
    public const int Portion = 256;

    private readonly GridReplay _replay = new(code);
    private ArchiveItem.Snapshot? _snapshot;
    private bool _broken;
    private long _version;

    /// <summary>The grid's code.</summary>
    public string Code => code;

    /// <summary>What stands for an id in a sum.</summary>
    public static ulong MarkOf(string id) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>Keeps the snapshot until the events reach it.</summary>
    public void Begin(ArchiveItem.Snapshot snapshot) => _snapshot = snapshot;

    /// <summary>Takes the next event.</summary>
    public void Add(ArchiveItem.Event happened)
    {
        if (happened.Version != _version + 1)
            Break(_version + 1, "it is missing");
        _version = happened.Version;
        if (StoredEvent.Read(happened.Value.Row, code, happened.Version, out var read) is { } damage)
        {
            Break(happened.Version, damage);
            return;
        }
        if (CaseFold.CaseIdOf(read!) != happened.Value.CaseId)
            fault($"event {happened.Version} of grid {code}", $"it stands in the history of case {happened.Value.CaseId} and is of {CaseFold.CaseIdOf(read!)}");
        if (_broken)
            return;
        try
        {
            _replay.Apply(read!);
        }
        catch (GridHistoryException e)
        {
            Break(happened.Version, $"it cannot follow on those before it ({e.Message})");
            return;
        }
        past.Add(read!, _replay.Cases[CaseFold.CaseIdOf(read!)]);
        if (_snapshot?.Version == happened.Version)
            Compare(_snapshot);
    }

    /// <summary>Compares with the rows of the cases; returns the sum of the marks of those whose rows are this grid's.</summary>
    public async Task<ulong> EndAsync(IJournalArchive archive, CancellationToken cancellationToken)
    {
        if (_snapshot is { } unreached && (unreached.Version < 1 || unreached.Version > _version))
            fault($"the snapshot of grid {code}", $"it is of version {unreached.Version} and the events end with {_version}");
        past.EndGrid();
        if (_broken)
        {
            past.Break();
            fault($"grid {code}", "its cases, its snapshot and the past are not compared, because its history is damaged");
            return 0;
        }
        var sum = 0UL;
        foreach (var portion in _replay.Cases.Values.Chunk(Portion))
        {
            var rows = await archive.FindCasesAsync([.. portion.Select(one => one.Id)], cancellationToken);
            for (var i = 0; i < portion.Length; i++)
                if (Compare(portion[i], rows[i]))
                    sum += MarkOf(portion[i].Id);
        }
        return sum;
    }

    /// <summary>Whether the row is this grid's.</summary>
    private bool Compare(Case folded, StoredCase? row)
    {
        var left = _replay.HasLeft(folded.Id);
        if (row is null)
            fault($"case {folded.Id}", "it has a history and no row");
        else if (row.Grid != code && !left)
            fault($"case {folded.Id}", $"it lies in grid {code} and its row says {row.Grid}");
        else if (row.Grid == code && left && _replay.WasTaken(folded.Id))
            fault($"case {folded.Id}", $"it left grid {code}, and its row says that it is there");
        else if (row.Grid == code && StoredCase.Read(row.Row, row.Id, out var read) is null
            && !StoredCase.Of(read!).Row.Data.AsSpan().SequenceEqual(StoredCase.Of(folded).Row.Data))
            fault($"case {folded.Id}", "its row is not what its history folds to");
        return row is not null && row.Grid == code;
    }

    private void Compare(ArchiveItem.Snapshot snapshot)
    {
        var damage = snapshot.Row.Read(Stored.Json.StoredState, code, snapshot.Version, out var state);
        if (damage is null && Text(state!) != Text(StoredState.Of(_replay.State)))
            damage = "it is not what the events fold to";
        if (damage is not null)
            fault($"the snapshot of grid {code}", damage);
    }

    private static string Text(StoredState state) => JsonSerializer.Serialize(state.InOrder(), Stored.Json.StoredState);

    private void Break(long version, string damage)
    {
        _broken = true;
        fault($"event {version} of grid {code}", damage);
    }
}
