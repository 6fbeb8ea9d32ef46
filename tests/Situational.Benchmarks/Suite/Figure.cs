namespace Situational.Benchmarks.Suite;

/// <summary>One figure of the suite: what every round gave.</summary>
/// <param name="Key">Names it in files.</param>
/// <param name="Name">Says what it is.</param>
/// <param name="Unit">Of its values.</param>
/// <param name="More">Whether more is better.</param>
/// <param name="Floor">What it must reach, if that was set.</param>
/// <param name="Goal">What it shall reach, if that was set.</param>
internal sealed record Figure(string Key, string Name, string Unit, bool More, double? Floor = null, double? Goal = null)
{
    /// <summary>A value for each round.</summary>
    public List<double> Values { get; init; } = [];

    public double Median
    {
        get
        {
            var sorted = Values.Order().ToList();
            return sorted.Count == 0 ? double.NaN
                : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2]
                : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
        }
    }

    /// <summary>Where the median lies: at the goal, at the floor, or below both; empty where nothing was set.</summary>
    public string Standing => Goal is null && Floor is null ? ""
        : Goal is { } goal && Reaches(goal) ? "goal"
        : Floor is { } floor && Reaches(floor) ? "floor"
        : "BELOW";

    private bool Reaches(double bound) => More ? Median >= bound : Median <= bound;
}
