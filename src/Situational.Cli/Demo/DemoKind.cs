namespace Situational.Cli.Demo;

/// <summary>An invented hazard and what the city has laid down about its category.</summary>
/// <param name="Hazard">What is reported.</param>
/// <param name="Departments">Codes of the departments responsible, the first one first.</param>
/// <param name="Fastest">Handled faster than this is marked.</param>
/// <param name="MergeMeters">So near, two reports may be one hazard.</param>
internal sealed record DemoKind(Hazard Hazard, IReadOnlyList<string> Departments, TimeSpan Fastest, double MergeMeters);
