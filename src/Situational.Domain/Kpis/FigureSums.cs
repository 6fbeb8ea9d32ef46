using System.Runtime.InteropServices;

namespace Situational.Domain.Kpis;

/// <summary>Sums of one area, or of one area under one parent, while cases are read.</summary>
internal sealed class FigureSums
{
    private readonly int[] _numerators = new int[KpiKeys.Rates.Length];
    private readonly int[] _denominators = new int[KpiKeys.Rates.Length];
    private readonly List<int>?[] _seconds = new List<int>?[KpiKeys.Times.Length];
    private int _cases;
    private int _excluded;

    /// <summary>Adds a case.</summary>
    public void Add(CaseReading reading)
    {
        if (reading.Excluded)
            _excluded++;
        if (!reading.Counts)
            return;
        _cases++;
        for (var i = 0; i < _numerators.Length; i++)
        {
            _numerators[i] += reading.Numerators[i];
            _denominators[i] += reading.Denominators[i];
        }
        foreach (var (time, seconds) in reading.Times)
            (_seconds[(int)time] ??= []).Add(seconds);
    }

    /// <summary>Adds other sums.</summary>
    public void Add(FigureSums other)
    {
        _cases += other._cases;
        _excluded += other._excluded;
        for (var i = 0; i < _numerators.Length; i++)
        {
            _numerators[i] += other._numerators[i];
            _denominators[i] += other._denominators[i];
        }
        for (var i = 0; i < _seconds.Length; i++)
            if (other._seconds[i] is { } more)
                (_seconds[i] ??= []).AddRange(more);
    }

    /// <summary>A rate so far.</summary>
    public Ratio RateOf(int rate) => new(_numerators[rate], _denominators[rate]);

    /// <summary>The figures; the durations are sorted.</summary>
    public AreaFigures ToFigures()
    {
        var rates = new Ratio[_numerators.Length];
        for (var i = 0; i < rates.Length; i++)
            rates[i] = RateOf(i);
        var times = new TimeFigure[_seconds.Length];
        for (var i = 0; i < times.Length; i++)
            times[i] = TimeFigure.Of(CollectionsMarshal.AsSpan(_seconds[i]));
        return new(_cases, _excluded, ImmutableCollectionsMarshal.AsImmutableArray(rates), ImmutableCollectionsMarshal.AsImmutableArray(times));
    }
}
