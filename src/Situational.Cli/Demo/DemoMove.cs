using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>What somebody does next with a case, and after how long.</summary>
/// <param name="Step">The step; empty to look again what became of the case.</param>
/// <param name="Said">What is said with it.</param>
/// <param name="After">How long from now.</param>
internal sealed record DemoMove(string Step, CaseStepRequest Said, TimeSpan After)
{
    /// <summary>Whether it only looks.</summary>
    public bool Looks => Step.Length == 0;

    /// <summary>Whether it waits until the departments that are on their way have done their part.</summary>
    public bool WaitsForMusters => Step is "hand-in" or "close";

    /// <summary>Whether it rates, which is done with a case that has ended.</summary>
    public bool Rates => Step == "rate";

    /// <summary>Looks again after a while.</summary>
    public static DemoMove Look(TimeSpan after) => new("", new CaseStepRequest(), after);
}
