namespace Situational.Host.Ingest;

/// <summary>The body is refused as a whole; nothing of it was recorded.</summary>
internal sealed class BodyRefusedException(int status, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
