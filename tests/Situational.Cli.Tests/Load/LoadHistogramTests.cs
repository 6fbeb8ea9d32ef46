using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>Percentiles are at most 1.6 % too high and never too low.</summary>
public sealed class LoadHistogramTests
{
    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(0, new LoadHistogram().Percentile(0.99));

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void Percentile_OfManyScales_IsTheSortedValueOrALittleMore(double share)
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Pow(10, random.NextDouble() * 8)).ToArray();
        var histogram = new LoadHistogram();
        foreach (var value in values)
            histogram.Add(value);

        Array.Sort(values);
        var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
        Assert.InRange(histogram.Percentile(share), exact, (long)(exact * 1.016) + 1);
        Assert.Equal((values.Length, values[^1]), (histogram.Count, histogram.Max));
    }

    [Fact]
    public void Percentile_OfOneValue_IsThatValue()
    {
        var histogram = new LoadHistogram();
        histogram.Add(1_234_567);

        Assert.Equal((1_234_567, 1_234_567), (histogram.Percentile(0.01), histogram.Percentile(1)));
    }

    [Fact]
    public void Add_OfWhatIsNegativeOrEndless_CountsAtTheEdges()
    {
        var histogram = new LoadHistogram();
        histogram.Add(-5);
        histogram.Add(long.MaxValue);

        Assert.Equal((0, long.MaxValue, 2), (histogram.Percentile(0.5), histogram.Max, histogram.Count));
    }
}
