using System.Collections.Immutable;

namespace Situational.Domain.Cases;

/// <summary>Which steps a stage allows.</summary>
public static class CaseSteps
{
    private static readonly ImmutableArray<CaseStep> FromReported = [CaseStep.Start, CaseStep.Close];
    private static readonly ImmutableArray<CaseStep> FromHandling = [CaseStep.Close];

    /// <summary>The steps that a case of that stage allows; none when it is closed.</summary>
    public static ImmutableArray<CaseStep> AllowedFrom(Stage stage) => stage switch
    {
        Stage.Reported => FromReported,
        Stage.Handling => FromHandling,
        _ => [],
    };
}
