namespace Situational.Host.Ingest;

/// <summary>At least one squad did not take its fixes.</summary>
internal sealed class SquadsSilentException(Exception inner) : Exception("At least one squad did not answer.", inner);
