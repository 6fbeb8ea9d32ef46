using System.Collections.Immutable;
using Situational.Grains.Messages;

namespace Situational.Grains.Tests.Feed.Support;

/// <summary>A grid that changes at random, and what it is at the moment.</summary>
internal sealed class GridHistory(string code, Random random)
{
    private long _revision = 1_000;
    private long _sequence;
    private long _activation = random.NextInt64();

    public SortedDictionary<string, UnitRow> Units { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CaseRow> Cases { get; } = new(StringComparer.Ordinal);

    public long Revision => _revision;

    public GridChange Whole() => new(code, _activation, _revision, _revision, true, default, [.. Units.Values], [], [.. Cases.Values], []);

    public GridChange Next()
    {
        if (random.Next(40) == 0)
        {
            _activation = random.NextInt64();
            _revision += 10;
            return Whole();
        }
        if (random.Next(15) == 0)
            return Whole();
        var units = ImmutableArray.CreateBuilder<UnitRow>();
        var left = ImmutableArray.CreateBuilder<UnitLeft>();
        var cases = ImmutableArray.CreateBuilder<CaseRow>();
        var closed = ImmutableArray.CreateBuilder<string>();
        var unit = $"u{random.Next(6)}";
        if (random.Next(3) > 0)
            units.Add(Units[unit] = PumpRig.Unit(unit, ++_sequence));
        else if (Units.Remove(unit))
            left.Add(new UnitLeft(unit, ++_sequence));
        var id = $"c{random.Next(6)}";
        if (random.Next(3) == 0)
            cases.Add(Cases[id] = new CaseRow(id, "x", 1, 1, 1, 2, ++_sequence, 0));
        else if (random.Next(3) == 0 && Cases.Remove(id))
            closed.Add(id);
        return new GridChange(code, _activation, _revision, ++_revision, false, default, units.ToImmutable(), left.ToImmutable(), cases.ToImmutable(), closed.ToImmutable());
    }
}

/// <summary>A grid as someone knows it who hears its changes only; independent of the live view's code.</summary>
internal sealed class HeardGrid
{
    private long _activation;

    public long Revision { get; private set; }

    public int Gaps { get; private set; }

    public SortedDictionary<string, UnitRow> Units { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CaseRow> Cases { get; } = new(StringComparer.Ordinal);

    public void Hear(GridChange change)
    {
        if (change.Full)
        {
            Units.Clear();
            Cases.Clear();
        }
        else if (change.Activation != _activation || change.Previous > Revision)
        {
            Gaps++;
            return;
        }
        else if (change.Revision <= Revision)
        {
            return;
        }
        _activation = change.Activation;
        Revision = change.Revision;
        foreach (var row in change.Units)
            Units[row.Unit] = row;
        foreach (var left in change.Left)
            if (Units.TryGetValue(left.Unit, out var row) && row.Sequence <= left.Sequence)
                Units.Remove(left.Unit);
        foreach (var row in change.Cases)
            Cases[row.Id] = row;
        foreach (var id in change.Closed)
            Cases.Remove(id);
    }
}
