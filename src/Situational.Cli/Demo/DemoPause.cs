namespace Situational.Cli.Demo;

/// <summary>How long people let each other wait.</summary>
internal static class DemoPause
{
    /// <summary>A time without memory, of that mean: short ones are frequent, long ones happen.</summary>
    public static TimeSpan Of(Random random, double meanSeconds) => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) * Math.Max(0, meanSeconds));
}
