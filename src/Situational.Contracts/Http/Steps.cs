namespace Situational.Contracts.Http;

/// <summary>Answer of <c>GET /api/v1/steps</c>: the loop as a table, by which every step is decided.</summary>
/// <param name="Stages">Names of all stages: along the line, then those beside it.</param>
/// <param name="Steps">The rows. A step has more than one row when they differ in more than the stage.</param>
public sealed record StepsAnswer(IReadOnlyList<string> Stages, IReadOnlyList<StepRuleAnswer> Steps);

/// <summary>A row of the loop's table.</summary>
/// <param name="Step">Name of the step, as in <c>POST /api/v1/cases/{id}/{step}</c>.</param>
/// <param name="From">The stages that allow it.</param>
/// <param name="To">The stage it leads to; absent when the case stays in its stage, or goes back to the one that a suspension interrupted.</param>
/// <param name="Roles">Who may: <c>reporter</c>, <c>worker</c>, <c>department</c>, <c>officer</c>, <c>supervisor</c> or <c>system</c>.</param>
/// <param name="Needs">Fields of <see cref="CaseStepRequest"/> that it needs.</param>
/// <param name="Takes">Fields that it takes besides.</param>
/// <param name="Condition">What must hold besides, as docs/cases.md explains it; absent for nothing.</param>
public sealed record StepRuleAnswer(
    string Step, IReadOnlyList<string> From, string? To, IReadOnlyList<string> Roles, IReadOnlyList<string> Needs, IReadOnlyList<string> Takes,
    string? Condition);
