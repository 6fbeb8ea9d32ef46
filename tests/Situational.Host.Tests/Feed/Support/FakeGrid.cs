using System.Collections.Immutable;
using Situational.Domain.Cases;
using Situational.Domain.Patrols;
using Situational.Grains.Messages;

namespace Situational.Host.Tests.Feed.Support;

/// <summary>What a grid grain is to the feed, without the runtime: it numbers its changes and tells its whole picture.</summary>
internal sealed class FakeGrid(string code, int territory, long activation, long revision)
{
    /// <summary>Version of the territory that it knows.</summary>
    public int Territory { get; set; } = territory;

    public string Code { get; } = code;

    public long Activation { get; private set; } = activation;

    public long Revision { get; private set; } = revision;

    public SortedDictionary<string, UnitRow> Units { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CaseRow> Cases { get; } = new(StringComparer.Ordinal);

    public bool Silent { get; set; }

    public bool Loaded { get; set; } = true;

    public long Lost { get; set; }

    public GridSummary Summary
    {
        get
        {
            int Count(int severity) => Cases.Values.Count(c => c.Severity == severity);
            var red = Count(1);
            return new GridSummary(
                Territory, (byte)(red > 0 ? 1 : 4), red * 10 + Cases.Count, Silent, Units.Count == 0 ? 0 : Units.Values.Max(u => u.MeasuredAtMs),
                red, Count(2), Count(3), Count(4), Cases.Values.Count(c => c.Level >= 2), Units.Values.Count(u => u.State != (byte)UnitState.Gone), Loaded, Lost);
        }
    }

    public GridChange Present(UnitRow row)
    {
        Units[row.Unit] = row;
        return Change([row], [], [], []);
    }

    public GridChange Leave(string unit, long sequence)
    {
        Units.Remove(unit);
        return Change([], [new UnitLeft(unit, sequence)], [], []);
    }

    public GridChange Open(CaseRow row)
    {
        Cases[row.Id] = row;
        return Change([], [], [row], []);
    }

    public GridChange Advance(string id, Func<CaseRow, CaseRow> step)
    {
        var row = Cases[id] = step(Cases[id]);
        return Change([], [], [row], []);
    }

    public GridChange Close(string id, Stage stage = Stage.Closed)
    {
        var last = Cases[id] with { Stage = (byte)stage };
        Cases.Remove(id);
        return Change([], [], [last], [id]);
    }

    /// <summary>The case goes to another grid.</summary>
    public GridChange Depart(string id)
    {
        Cases.Remove(id);
        return Change([], [], [], [id]);
    }

    public GridChange Say(bool changed = false)
    {
        var previous = Revision;
        if (changed)
            Revision++;
        return new GridChange(Code, Activation, previous, Revision, true, Summary, [.. Units.Values], [], [.. Cases.Values], []);
    }

    public GridChange Restart(long activation, long revision)
    {
        Activation = activation;
        Revision = revision;
        return Say();
    }

    private GridChange Change(ImmutableArray<UnitRow> units, ImmutableArray<UnitLeft> left, ImmutableArray<CaseRow> cases, ImmutableArray<string> closed) =>
        new(Code, Activation, Revision, ++Revision, false, Summary, units, left, cases, closed);
}
