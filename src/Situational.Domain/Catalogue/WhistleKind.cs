using Situational.Domain.Deadlines;

namespace Situational.Domain.Catalogue;

/// <summary>A kind of whistle (吹哨). All its clocks start when it is blown.</summary>
/// <param name="Code">Unique; 1 to 64 lower-case letters, digits and hyphens.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Acknowledge">How long a department may take to answer.</param>
/// <param name="Arrive">How long it may take to arrive.</param>
/// <param name="Solve">How long it may take to report that it is done.</param>
public sealed record WhistleKind(string Code, LocalName Name, Limit Acknowledge, Limit Arrive, Limit Solve);
